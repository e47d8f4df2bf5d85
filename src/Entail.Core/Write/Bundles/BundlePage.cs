using Entail.Core.Explain;

namespace Entail.Core.Write.Bundles;

/// <summary>A bundle for people: each file, what it is for, and what is still to do.</summary>
public sealed class BundlePage(Phrases say)
{
    /// <summary>The lines.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="files">How its files stood before anything was written.</param>
    /// <param name="archive">The archive they were packed into; null where they were not.</param>
    /// <param name="verified">Nothing was written.</param>
    public IEnumerable<Line> Of(
        Bundle bundle,
        IReadOnlyCollection<(BundleFile File, BundleState State)> files,
        string? archive,
        bool verified
    )
    {
        foreach (var (file, state) in files)
        {
            var (label, tone) = Label(state, archive is not null, verified);
            yield return new Line(
                new Span($"{label}  ", tone),
                new Span(file.Path, Tone.Strong),
                new Span($"  {string.Join(", ", file.Duties.Select(d => d.Owe.Duty).Distinct())}", Tone.Plain),
                new Span($"  {(file.Source is { } source ? From(source) : "")}", Tone.Quiet)
            );
            if (state == BundleState.Edited)
            {
                yield return new Line(
                    new Span("  = next: ", Tone.Quiet),
                    new Span(
                        say.Say(
                            "it was written or changed by someone and stays as it is; move it away to have it written anew",
                            "该文件由他人编写或修改，保持原样；如需重新生成，请先将其移走"
                        ),
                        Tone.Plain
                    )
                );
            }
        }
        foreach (var gap in bundle.Gaps)
        {
            yield return new Line(
                new Span($"{say.Say("missing  ", "缺少")}  ", Tone.Bad),
                new Span(gap.Path, Tone.Strong),
                new Span($"  {say.Say(gap.Message)}", Tone.Plain)
            );
            yield return new Line(new Span("  = fix: ", Tone.Quiet), new Span(say.Say(gap.Fix), Tone.Plain));
        }
        if (files.Count == 0 && bundle.Gaps.IsEmpty)
        {
            yield return Line.Of(
                say.Say("nothing is owed that a file would do, or all of it is there", "没有需要以文件履行的义务，或均已具备"),
                Tone.Good
            );
        }
        else if (archive is not null)
        {
            yield return Line.Of(say.Say($"packed into {archive}", $"已打包到 {archive}"), Tone.Good);
        }
    }

    private (string Label, Tone Tone) Label(BundleState state, bool packed, bool verified) =>
        state switch
        {
            BundleState.Current => (say.Say("current  ", "无变化"), Tone.Good),
            BundleState.Edited => (say.Say("edited   ", "已编辑"), Tone.Bad),
            _ when packed => (say.Say("packed   ", "已打包"), Tone.Good),
            BundleState.Missing when verified => (say.Say("missing  ", "缺少"), Tone.Bad),
            BundleState.Outdated when verified => (say.Say("outdated ", "已过时"), Tone.Bad),
            BundleState.Outdated => (say.Say("updated  ", "已更新"), Tone.Good),
            _ => (say.Say("written  ", "已写入"), Tone.Good),
        };

    private string From(CopySource source) =>
        source switch
        {
            CopySource.Base => say.Say("(the base's own copy)", "（来自基础作品）"),
            CopySource.Store => say.Say("(your store of texts)", "（来自您的文本库）"),
            _ => say.Say("(the official address)", "（来自官方网址）"),
        };
}
