using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Entail.Core.Read;

/// <summary>What a file's name tells. Letter case never matters.</summary>
internal static partial class KnownFiles
{
    private static readonly FrozenSet<string> Weights = Set(
        ".safetensors .gguf .ggml .bin .pt .pth .ckpt .onnx .h5 .keras .msgpack .tflite .mlmodel .mlpackage .pdparams .nemo .ot .engine .npz"
    );

    private static readonly FrozenSet<string> Code = Set(
        ".py .ipynb .js .mjs .ts .tsx .jsx .cs .csproj .sln .slnx .fs .java .kt .scala .go .rs .c .h .cc .cpp .hpp .cu .rb .php .swift .sh .ps1 .r .jl .lua"
    );

    private static readonly FrozenSet<string> CodeMarkers = Set(
        "package.json pyproject.toml setup.cfg requirements.txt cargo.toml go.mod pom.xml build.gradle cmakelists.txt makefile dockerfile gemfile"
    );

    private static readonly FrozenSet<string> Data = Set(".parquet .jsonl .csv .tsv .arrow .tar");

    private static readonly FrozenSet<string> ModelMarkers = Set(
        "config.json adapter_config.json model_index.json generation_config.json tokenizer.json tokenizer_config.json tokenizer.model params.json"
    );

    // What bears a license's name but is no license: sources, data, pictures.
    private static readonly FrozenSet<string> NeverProse = Set(".json .yaml .yml .toml .xml .lock .png .jpg .jpeg .gif .svg .css .zip .gz")
        .Concat(Code)
        .Concat(Weights)
        .Concat(Data)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool IsWeights(string name) => Weights.Contains(Path.GetExtension(name));

    public static bool IsCode(string name) => CodeMarkers.Contains(name) || Code.Contains(Path.GetExtension(name));

    public static bool IsData(string name) => Data.Contains(Path.GetExtension(name));

    public static bool IsModelMarker(string name) => ModelMarkers.Contains(name);

    /// <summary>GGUF, or the settings that quantizing tools leave beside the weights.</summary>
    public static bool IsQuantized(string name) =>
        Path.GetExtension(name).Equals(".gguf", StringComparison.OrdinalIgnoreCase)
        || name.Equals("quantize_config.json", StringComparison.OrdinalIgnoreCase)
        || name.Equals("quant_config.json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Weights whose header may say where they come from.</summary>
    public static bool HasHeader(string name) =>
        Path.GetExtension(name).ToUpperInvariant()
            is ".GGUF"
                or ".SAFETENSORS"
                or ".ONNX"
                or ".BIN"
                or ".PT"
                or ".PTH"
                or ".CKPT"
                or ".NPZ"
                or ".KERAS";

    /// <summary>The list of the files that hold weights in several.</summary>
    public static bool IsShardIndex(string name) => name.EndsWith(".safetensors.index.json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Weights in a form that others were converted to: their header was copied from what the original declares.</summary>
    public static bool IsConverted(string name) => Path.GetExtension(name).Equals(".gguf", StringComparison.OrdinalIgnoreCase);

    /// <summary>The path of a file or folder rather than the name of a model, as a Modelfile may have it.</summary>
    public static bool IsBeside(string name) => name.Length == 0 || name[0] is '.' or '/' or '~' or '\\' || IsWeights(name);

    /// <summary>What mergekit was told to merge; it writes the first name itself.</summary>
    public static bool IsMergeConfiguration(string name) =>
        name.ToUpperInvariant()
            is "MERGEKIT_CONFIG.YML"
                or "MERGEKIT_CONFIG.YAML"
                or "MERGEKIT_MOE_CONFIG.YML"
                or "MERGEKIT_MOE_CONFIG.YAML";

    /// <summary>A folder of license texts.</summary>
    public static bool IsLicenseFolder(string name) => name.ToUpperInvariant() is "LICENSES" or "LICENSE" or "LICENCES" or "LICENCE";

    public static bool IsNotice(string name) => MayBeProse(name) && NoticeName().IsMatch(name);

    public static bool IsLicense(string name) => MayBeProse(name) && LicenseName().IsMatch(name);

    /// <summary>README in any language and form; a translation such as README_zh.md is one.</summary>
    public static bool IsReadme(string name) => ReadmeName().IsMatch(name);

    /// <summary>True for what may be a text for people.</summary>
    public static bool MayBeProse(string name) => !NeverProse.Contains(Path.GetExtension(name));

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Words are whole, or run together by capitals as in ModelLicense: "relicensed.md" is none of these. The extension `.license` is REUSE's.
    private const string License =
        @"(^|[^a-z])(un)?licen[sc]es?([^a-z]|$)|(?-i:[a-z]Licen[sc]es?(?![a-z]))|^copy(ing|right)([^a-z]|$)|许可|授权";

    private const string Policy =
        @"(^|[^a-z])((acceptable|prohibited)[ _-]?use|(use|usage)[ _-]?(policy|policies|restrictions))([^a-z]|$)|使用限制";

    // Such words have other uses too: they are the whole name, but for a language.
    private const string Terms =
        @"^(terms([ _-](of[ _-](use|service)|and[ _-]conditions))?|((model|community|user)[ _-])?agreement|legal|eula|aup)([ _-][a-z]{2})?([ _-][a-z]{2})?(\.[a-z]{2,4})?$|(使用|用户|模型|开源|社区)(协议|条款|政策)";

    [GeneratedRegex($"{License}|{Policy}|{Terms}", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex LicenseName();

    [GeneratedRegex(
        @"^readme([._-][a-z]{2,3}([_-][a-z]{2,4})?)?(\.(md|markdown|rst|txt))?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex ReadmeName();

    [GeneratedRegex(
        @"^notice|(^|[^a-z])notices?(\.[a-z]{2,4})?$|^third[ _-]?party|^第三方|声明(\.[a-z]{2,4})?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex NoticeName();
}
