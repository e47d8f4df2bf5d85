using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>Why a file was not read, and what to do.</summary>
internal static class FileProblems
{
    /// <summary>True for what the operating system refuses: a file that is gone, may not be read, or has no possible name.</summary>
    public static bool IsInputOutput(Exception problem) =>
        problem
            is IOException
                or UnauthorizedAccessException
                or System.Security.SecurityException
                or ArgumentException
                or NotSupportedException;

    /// <summary>The operating system refused it.</summary>
    public static ReadProblem Failed(string file, Exception problem) =>
        problem is UnauthorizedAccessException
            ? Problems.Unreadable(
                Problems.File(file),
                $"`{file}` may not be read by this user. Give read permission.",
                $"当前用户无权读取 `{file}`。请授予读取权限。"
            )
            : Problems.Unreadable(
                Problems.File(file),
                $"`{file}` cannot be read ({problem.GetType().Name}). Check that it exists and is whole.",
                $"`{file}` 无法读取（{problem.GetType().Name}）。请检查其是否存在且完整。"
            );

    /// <summary>It lies outside the folder that is read.</summary>
    public static ReadProblem Outside(string file) =>
        Problems.Unreadable(
            Problems.File(file),
            $"`{file}` points outside the folder and was not followed. Put the file itself in its place.",
            $"`{file}` 指向文件夹之外，未读取。请改放文件本身。"
        );

    /// <summary>It is a link without an end.</summary>
    public static ReadProblem LeadsNowhere(string file) =>
        Problems.Unreadable(
            Problems.File(file),
            $"`{file}` is a link that leads nowhere or in a circle. Put the file itself in its place.",
            $"`{file}` 是失效或循环的链接。请改放文件本身。"
        );

    /// <summary>Its bytes are no text.</summary>
    public static ReadProblem NoText(string file) =>
        Problems.Unreadable(
            Problems.File(file),
            $"`{file}` is no text in UTF-8, UTF-16 or GB18030. Save it as UTF-8, or keep a plain text copy beside it.",
            $"`{file}` 不是 UTF-8、UTF-16 或 GB18030 文本。请另存为 UTF-8，或在旁边放一份纯文本副本。"
        );

    /// <summary>It is text with a layout that is not read.</summary>
    public static ReadProblem RichText(string file) =>
        Problems.Unreadable(
            Problems.File(file),
            $"`{file}` is rich text (RTF), which is not read. Keep a plain text copy beside it.",
            $"`{file}` 是富文本（RTF），无法读取。请在旁边放一份纯文本副本。"
        );

    /// <summary>There is nothing in it.</summary>
    public static ReadProblem Empty(string file) =>
        Problems.Unreadable(
            Problems.File(file),
            $"`{file}` is empty. Put the license's text into it, or remove it.",
            $"`{file}` 是空文件。请写入许可证文本，或将其删除。"
        );
}
