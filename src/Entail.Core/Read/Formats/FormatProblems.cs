using Entail.Core.Model;

namespace Entail.Core.Read.Formats;

/// <summary>What is wrong with files of weights, whatever their format.</summary>
internal static class FormatProblems
{
    /// <summary>A file whose first bytes are not those of its format.</summary>
    public static ReadProblem Other(ByteSource source, string format) =>
        Problems.Unreadable(
            source.At(0, null),
            $"`{source.File}` does not begin as a {format} file does and was not read. If it is a small text file that stands for the model (Git LFS), fetch the model itself.",
            $"`{source.File}` 的开头不是 {format} 格式，未读取。如果它是代替模型的小文本文件（Git LFS），请取得模型文件本身。"
        );

    /// <summary>A key of the metadata that has more than one value.</summary>
    public static ReadProblem Twice(ByteSource source, string key) =>
        Problems.Invalid(
            source.Key(Problems.Excerpt(key), null),
            $"`{source.File}` has the metadata key `{Problems.Excerpt(key)}` more than once; the first value counts. Write each key once.",
            $"`{source.File}` 的元数据键 `{Problems.Excerpt(key)}` 出现多次，以首个值为准。每个键请只写一次。"
        );
}
