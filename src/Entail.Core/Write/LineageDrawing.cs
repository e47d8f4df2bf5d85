using System.Collections.Immutable;
using System.Xml.Linq;
using Entail.Core.Explain;
using Entail.Core.Model;
using static Entail.Core.Write.Html;

namespace Entail.Core.Write;

/// <summary>A box of the drawing.</summary>
/// <param name="Work">The work.</param>
/// <param name="X">Its left edge, in pixels.</param>
/// <param name="Y">Its upper edge, in pixels.</param>
public readonly record struct WorkBox(LinkedWork Work, int X, int Y);

/// <summary>
/// A lineage drawn: works as boxes in columns, origins at the left, the shipped work at the right; steps as lines with their act. The same lineage
/// gives the same drawing.
/// </summary>
public sealed class LineageDrawing
{
    /// <summary>How wide a box is, in pixels.</summary>
    public const int Width = 210;

    /// <summary>How high a box is, in pixels.</summary>
    public const int Height = 46;

    /// <summary>The most works that are drawn.</summary>
    public const int MostWorks = 60;

    private const int Gap = 100;
    private const int Space = 18;
    private const int Margin = 8;
    private const int MostLetters = 27;

    private readonly Lineage lineage;
    private readonly Dictionary<string, WorkBox> boxes;

    /// <summary>Lays a lineage out.</summary>
    public LineageDrawing(Lineage lineage)
    {
        this.lineage = lineage;
        var layers = Layers();
        // The works nearest to the shipped one; of those as near, those that come first.
        var kept = lineage.Works.OrderBy(w => layers[w.Id]).ThenBy(w => w.Id, StringComparer.Ordinal).Take(MostWorks).ToList();
        boxes = Placed(kept, layers);
        Left = lineage.Works.Length - kept.Count;
    }

    /// <summary>The boxes, in the order of their works' ids.</summary>
    public ImmutableArray<WorkBox> Boxes => [.. boxes.Values.OrderBy(b => b.Work.Id, StringComparer.Ordinal)];

    /// <summary>The steps between boxes.</summary>
    public ImmutableArray<LinkedStep> Steps =>
        [
            .. boxes
                .Values.SelectMany(b => b.Work.Steps)
                .Where(s => boxes.ContainsKey(s.From))
                .OrderBy(s => s.To, StringComparer.Ordinal)
                .ThenBy(s => s.From, StringComparer.Ordinal),
        ];

    /// <summary>How many works are left out, being too many.</summary>
    public int Left { get; }

    /// <summary>The drawing as SVG.</summary>
    public XElement Svg(Phrases say)
    {
        var width = boxes.Values.Max(b => b.X) + Width + Margin;
        var height = boxes.Values.Max(b => b.Y) + Height + Margin;
        return E(
            "svg",
            A("viewBox", $"0 0 {width} {height}"),
            A("width", width),
            A("height", height),
            A("role", "img"),
            A("aria-label", say.Say("The lineage, drawn; it is told in words below.", "谱系图；下文有文字说明。")),
            Steps.SelectMany(Line).ToArray(),
            boxes.Values.OrderBy(b => b.Work.Id, StringComparer.Ordinal).SelectMany(b => Labels(b, say)).ToArray(),
            Boxes.Select(b => Box(b, say)).ToArray()
        );
    }

    // How many steps a work is away from the shipped one, by the longest way.
    private Dictionary<string, int> Layers()
    {
        var layers = lineage.Works.ToDictionary(w => w.Id, _ => 0, StringComparer.Ordinal);
        foreach (var work in lineage.Works.Reverse())
        {
            foreach (var step in work.Steps.Where(s => layers.ContainsKey(s.From)))
            {
                layers[step.From] = Math.Max(layers[step.From], layers[work.Id] + 1);
            }
        }
        return layers;
    }

    // Columns from the right; within one, each work near what was made from it.
    private static Dictionary<string, WorkBox> Placed(List<LinkedWork> works, Dictionary<string, int> layers)
    {
        var placed = new Dictionary<string, WorkBox>(StringComparer.Ordinal);
        var last = works.Max(w => layers[w.Id]);
        foreach (var column in works.GroupBy(w => layers[w.Id]).OrderBy(g => g.Key))
        {
            var x = Margin + ((last - column.Key) * (Width + Gap));
            var next = Margin;
            foreach (
                var (work, wanted) in column
                    .Select(w => (w, Wanted(w, placed)))
                    .OrderBy(w => w.Item2)
                    .ThenBy(w => w.w.Id, StringComparer.Ordinal)
            )
            {
                var y = Math.Max(next, wanted);
                placed[work.Id] = new WorkBox(work, x, y);
                next = y + Height + Space;
            }
        }
        return placed;
    }

    private static int Wanted(LinkedWork work, Dictionary<string, WorkBox> placed)
    {
        var made = placed.Values.Where(b => b.Work.Steps.Any(s => s.From == work.Id)).Select(b => b.Y).ToList();
        return made.Count == 0 ? Margin : made.Min();
    }

    private XElement[] Line(LinkedStep step)
    {
        var (from, to) = (boxes[step.From], boxes[step.To]);
        var (x1, y1, x2, y2) = (from.X + Width, from.Y + (Height / 2), to.X, to.Y + (Height / 2));
        var bend = Math.Max(40, (x2 - x1) / 2);
        var line = E(
            "path",
            A("class", step.Inferred ? "step inferred" : "step"),
            A("d", $"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"),
            E("title", $"{step.From} → {step.Act.Name()}{(step.Inferred ? "?" : "")} → {step.To}")
        );
        return [line, E("path", A("class", "arrow"), A("d", $"M{x2} {y2}l-8 -4v8z"))];
    }

    // What was done with a work stands right of its box, each act once.
    private IEnumerable<XElement> Labels(WorkBox box, Phrases say)
    {
        var acts = Steps
            .Where(s => s.From == box.Work.Id)
            .Select(s => s.Act.Name() + (s.Inferred ? say.Say(" (inferred)", "（推断）") : ""))
            .Distinct()
            .ToList();
        return acts.Count == 0
            ? []
            : [E("text", A("class", "act"), A("x", box.X + Width + 6), A("y", box.Y + (Height / 2) - 5), string.Join(", ", acts))];
    }

    private XElement Box(WorkBox box, Phrases say)
    {
        var work = box.Work;
        var licenses = work.Of(work.MainPart).Select(l => l.Claim.Value).Distinct().ToList();
        var known = work.Origin != WorkOrigin.Missing && licenses.Count > 0;
        var shown = known ? string.Join(", ", licenses) : say.Say("license not known", "许可证未知");
        var kind =
            work.Id == lineage.Root ? "box root"
            : known ? "box"
            : "box unknown";
        return E(
            "g",
            A("class", kind),
            E("title", $"{work.Id} ({work.Kind}): {shown}"),
            E("rect", A("x", box.X), A("y", box.Y), A("width", Width), A("height", Height), A("rx", 6)),
            E("text", A("x", box.X + 10), A("y", box.Y + 19), Cut(work.Id)),
            E("text", A("class", "license"), A("x", box.X + 10), A("y", box.Y + 36), Cut(shown))
        );
    }

    private static string Cut(string text)
    {
        // Wide letters take the room of two.
        var room = MostLetters;
        var taken = text.TakeWhile(c => (room -= c >= '\u2e80' ? 2 : 1) >= 0).Count();
        return taken == text.Length ? text : text[..Math.Max(0, taken - 1)] + "…";
    }
}
