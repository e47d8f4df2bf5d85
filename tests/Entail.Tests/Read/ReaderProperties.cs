using System.Text;
using Entail.Core.Read;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Entail.Tests.Read;

/// <summary>Whatever the bytes are, a reader returns.</summary>
public sealed class ReaderProperties
{
    private const string Card = """
        ---
        license: [mit, other]
        license_name: acme-1
        base_model: &b
        - org/base-7b
        - https://huggingface.co/org/other
        base_model_relation: merge
        datasets: {a: *b, "q": 'x'}
        tags: [merge, "license:mit", 'base_model:adapter:org/c']
        model-index:
        - name: |
            text
          results: >-
            folded
        ---
        # My Model 7B: [link](x) ![i](y) <b>
        """;

    private const string Configured = """
        works:
          - {id: a, kind: model, path: ., licenses: {weights: mit, code: [isc]}, facts: {modified: true}}
          - id: b
            made-from: [{work: a, act: fine-tune, part: weights, facts: {target: llm}}]
        ship: {work: b, acts: [distribute], as: mit}
        facts: {commercial: true, mau: {product: 1, group: 2}, date: 2026-01-31}
        policy: {deny: [x], suppress: [{code: license-unknown, reason: "r", until: 2027-01-31}]}
        """;

    private const string Record = """
        [{"id": "org/a", "tags": ["gguf", "license:mit", "base_model:quantized:org/b"],
          "cardData": {"license": ["mit"], "base_model": ["org/b", null], "datasets": "x", "quantization_config": {"bits": 4.5e1}}}]
        """;

    private static readonly string[] Scraps =
    [
        "---\n",
        "\t",
        "\r",
        "[",
        "]",
        "{",
        "}",
        "- ",
        ": ",
        "? ",
        "&a ",
        "*a",
        "!!x ",
        "!<",
        "|",
        ">",
        "\"",
        "'",
        "%YAML 9.9\n",
        "#",
        "\\ud800",
        "\\",
        "\0",
        "\uFEFF",
        "\u2028",
        "<<: ",
        "...\n",
        "~",
        "@",
        "`",
    ];

    private static readonly string[] Files = ["README.md", "LICENSE", "NOTICE", "config.json", "adapter_config.json", "entail.yaml"];

    private static readonly Arbitrary<byte[]> Bytes = Gen.OneOf(
            ArbMap.Default.GeneratorFor<byte[]>().Select(b => b ?? []),
            Mutated(Card),
            Mutated(Configured),
            Mutated(Record)
        )
        .ToArbitrary();

    [Fact]
    public void No_bytes_make_a_reader_throw()
    {
        using var folder = new TemporaryFolder();
        Prop.ForAll(
                Bytes,
                bytes =>
                {
                    foreach (var file in Files)
                    {
                        folder.With(file, bytes);
                    }
                    var text = Encoding.UTF8.GetString(bytes);
                    var read = folder.Read();
                    var configuration = ConfigurationReader.Read(folder.Path("entail.yaml"), Repository.Catalog.Taxonomy);
                    var parsed = ConfigurationReader.Parse(text, "entail.yaml", Repository.Catalog.Taxonomy);
                    var records = HubRecordReader.Read(text);
                    var lines = 1 + text.Count(c => c is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029');
                    return read
                        .Problems.Concat(configuration.Problems)
                        .Concat(parsed.Problems)
                        .Concat(records.Problems)
                        .All(p =>
                            p.Message.En.Length > 0
                            && p.Message.Zh.Length > 0
                            && (p.Evidence.Line is null || (p.Evidence.Line >= 1 && p.Evidence.Line <= lines + 1))
                        );
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(600).WithEndSize(400));
    }

    // A few edits: bytes are replaced, cut or repeated, and scraps of syntax put in.
    private static Gen<byte[]> Mutated(string text) =>
        from edits in Gen.Choose(1, 8).SelectMany(n => Gen.ArrayOf(Edit(), n))
        select edits.Aggregate(Encoding.UTF8.GetBytes(text), (bytes, edit) => edit(bytes));

    private static Gen<Func<byte[], byte[]>> Edit() =>
        from kind in Gen.Choose(0, 3)
        from at in Gen.Choose(0, 1000)
        from length in Gen.Choose(0, 40)
        from scrap in Gen.Elements(Scraps)
        from value in Gen.Choose(0, 255)
        select (Func<byte[], byte[]>)(
            bytes =>
            {
                var start = Math.Min(bytes.Length, bytes.Length * at / 1000);
                var end = Math.Min(bytes.Length, start + length);
                byte[] middle = kind switch
                {
                    0 => [(byte)value, .. bytes[start..end].Skip(1)],
                    1 => [],
                    2 => [.. bytes[start..end], .. bytes[start..end]],
                    _ => [.. Encoding.UTF8.GetBytes(scrap), .. bytes[start..end]],
                };
                return [.. bytes[..start], .. middle, .. bytes[end..]];
            }
        );
}
