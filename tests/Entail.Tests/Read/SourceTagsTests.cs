using System.Text;
using Entail.Core.Model;

namespace Entail.Tests.Read;

/// <summary>SPDX tags in the code files of a folder.</summary>
public sealed class SourceTagsTests
{
    [Theory]
    [InlineData("# SPDX-License-Identifier: Pear-1.0\nimport os", "1 Pear-1.0")]
    [InlineData("#!/bin/sh\n\n/* SPDX-License-Identifier: Pear-1.0 OR Plum-2.0 */", "3 Pear-1.0 OR Plum-2.0")]
    [InlineData(
        "// spdx-license-identifier: (Pear-1.0+ WITH Fig-exception) AND LicenseRef-Own",
        "1 (Pear-1.0+ WITH Fig-exception) AND LicenseRef-Own"
    )]
    [InlineData("# SPDX-License-Identifier: Pear-1.0\n# SPDX-License-Identifier: Plum-2.0", "1 Pear-1.0|2 Plum-2.0")]
    [InlineData("# SPDX-License-Identifier:", "")]
    [InlineData("# License: Pear-1.0", "")]
    [InlineData("", "")]
    public void Tags_of_a_file(string code, string expected)
    {
        using var folder = new TemporaryFolder().With("src/deep/model.py", code);

        Assert.Equal(expected, string.Join('|', Tags(folder).Select(t => $"{t.Line} {t.Text.Split(':')[^1].Trim()}")));
    }

    [Fact]
    public void An_expression_is_read_once_where_the_first_file_has_it()
    {
        using var folder = new TemporaryFolder();
        folder
            .With("b.py", "# SPDX-License-Identifier: Pear-1.0")
            .With("a/c.rs", "\n// SPDX-License-Identifier: pear-1.0")
            .With("z.txt", "SPDX-License-Identifier: Plum-2.0");

        Assert.Equal([("a/c.rs", 2)], Tags(folder).Select(t => (t.File, t.Line)));
    }

    [Fact]
    public void Only_the_beginning_counts_and_what_others_installed_does_not()
    {
        const string Tag = "# SPDX-License-Identifier: Pear-1.0";
        using var folder = new TemporaryFolder();
        folder
            .With("late.py", new string('#', 5000) + "\n" + Tag)
            .With("node_modules/x/a.js", Tag)
            .With(".git/a.py", Tag)
            .With("data.bin", Tag)
            .With("binary.py", [.. Encoding.ASCII.GetBytes(Tag), 0, 1, 2, 0])
            .With("1/2/3/4/5/6/7/8/9/10/deep.py", Tag);

        Assert.Empty(Tags(folder));
    }

    [Fact]
    public void Links_are_followed_inside_and_nowhere_else()
    {
        using var folder = new TemporaryFolder().With("docs/real.txt", "# SPDX-License-Identifier: Pear-1.0");
        File.WriteAllText(Path.Combine(folder.Parent, "outside.py"), "# SPDX-License-Identifier: Plum-2.0");
        File.CreateSymbolicLink(folder.Path("in.py"), "docs/real.txt");
        File.CreateSymbolicLink(folder.Path("out.py"), "../outside.py");
        File.CreateSymbolicLink(folder.Path("none.py"), "gone.py");
        Directory.CreateSymbolicLink(folder.Path("circle"), ".");
        Directory.CreateDirectory(folder.Path("folder.py"));

        Assert.Equal(["in.py"], Tags(folder).Select(t => t.File));
        Assert.Empty(folder.Read().Problems);
    }

    private static IEnumerable<TermsSource> Tags(TemporaryFolder folder) => folder.Read().Terms.Where(t => t.Kind == TermsKind.SourceTag);
}
