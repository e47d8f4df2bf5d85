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

    /// <summary>A folder of license texts.</summary>
    public static bool IsLicenseFolder(string name) => name.ToUpperInvariant() is "LICENSES" or "LICENSE" or "LICENCES" or "LICENCE";

    public static bool IsNotice(string name) => MayBeProse(name) && NoticeName().IsMatch(name);

    public static bool IsLicense(string name) => MayBeProse(name) && LicenseName().IsMatch(name);

    /// <summary>True for what may be a text for people.</summary>
    public static bool MayBeProse(string name) => !NeverProse.Contains(Path.GetExtension(name));

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Words are whole: "relicensed.md" is none of these. The extension `.license` is REUSE's.
    [GeneratedRegex(
        @"(^|[^a-z])(un)?licen[sc]es?([^a-z]|$)|^copying|use[ _-]policy|usage[ _-]policy|terms[ _-]of[ _-](use|service)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex LicenseName();

    [GeneratedRegex(
        @"^notice|(^|[^a-z])notices?(\.[a-z]{2,4})?$|^thirdpartynotices",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex NoticeName();
}
