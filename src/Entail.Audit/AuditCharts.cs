using System.Globalization;
using System.Xml.Linq;
using Entail.Core.Explain;
using Entail.Core.Write;
using static Entail.Core.Write.Html;

namespace Entail.Audit;

/// <summary>The drawings of the page.</summary>
internal static class AuditCharts
{
    private const int FewWorks = 20;

    /// <summary>A line of shares by distance.</summary>
    /// <param name="Class">How it is drawn.</param>
    /// <param name="Points">Distance, works, and those of them that are meant.</param>
    internal sealed record Series(string Class, IReadOnlyList<(int Depth, long Works, long Part)> Points);

    /// <summary>Two columns of names and a band for each pair, as broad as it is frequent; of each the part in which terms were dropped is red.</summary>
    public static XElement Flows(IReadOnlyList<AuditTransitionJson> flows, Phrases say)
    {
        const double Width = 760;
        const double Side = 230;
        const double Gap = 8;
        var all = Math.Max(1, flows.Sum(f => f.Count));
        double Thick(long count) => Math.Max(2, 320.0 * count / all);
        var (left, right) = (Column(f => f.From), Column(f => f.To));
        var parts = new List<XElement>();
        foreach (var flow in flows)
        {
            var thick = Thick(flow.Count);
            var (a, b) = (left.Tops[flow.From], right.Tops[flow.To]);
            left.Tops[flow.From] += thick;
            right.Tops[flow.To] += thick;
            var red = thick * flow.Dropped / flow.Count;
            Band(flow, thick - red, a, b, flow.Change == "changed" ? "flow other" : "flow");
            Band(flow, red, a + thick - red, b + thick - red, "flow dropped");
        }
        return E(
            "div",
            A("class", "scroll"),
            E(
                "svg",
                A("viewBox", $"0 0 {F(Width)} {F(Math.Max(left.Height, right.Height) + 5)}"),
                A("role", "img"),
                A("aria-label", say.Say("From license to license", "许可证的变化")),
                parts,
                left.Names.Select(n => Label(n, Side - 8, "end")),
                right.Names.Select(n => Label(n, Width - Side + 8, "start"))
            )
        );

        void Band(AuditTransitionJson flow, double thick, double a, double b, string look)
        {
            if (thick <= 0)
            {
                return;
            }
            var (y1, y2) = (F(a + thick / 2), F(b + thick / 2));
            parts.Add(
                E(
                    "path",
                    A("class", look),
                    A("stroke-width", F(thick)),
                    A("d", $"M {F(Side)} {y1} C {F(Width / 2)} {y1}, {F(Width / 2)} {y2}, {F(Width - Side)} {y2}"),
                    E("title", $"{flow.From} → {flow.To}: {flow.Count}, {say.Say("terms dropped", "丢失条款")}: {flow.Dropped}")
                )
            );
        }

        (Dictionary<string, double> Tops, List<(string Name, double Middle)> Names, double Height) Column(
            Func<AuditTransitionJson, string> nameOf
        )
        {
            var tops = new Dictionary<string, double>(StringComparer.Ordinal);
            var names = new List<(string, double)>();
            var y = 5.0;
            foreach (var group in flows.GroupBy(nameOf))
            {
                var (count, thick) = (group.Sum(f => f.Count), group.Sum(f => Thick(f.Count)));
                var height = Math.Max(16, thick);
                tops[group.Key] = y + (height - thick) / 2;
                names.Add(($"{group.Key} ({count})", y + height / 2));
                y += height + Gap;
            }
            return (tops, names, y);
        }

        XElement Label((string Name, double Middle) at, double x, string anchor) =>
            E("text", A("x", F(x)), A("y", F(at.Middle + 4)), A("text-anchor", anchor), at.Name);
    }

    /// <summary>Shares by distance; weak where there are few works.</summary>
    public static XElement Depths(IReadOnlyList<Series> series, string across, string up)
    {
        const double Width = 640;
        const double Height = 260;
        const double Left = 62;
        const double Bottom = 44;
        var most = Math.Max(1, series.SelectMany(s => s.Points).Select(p => p.Depth).DefaultIfEmpty().Max());
        double X(int depth) => Left + 8 + depth * (Width - Left - 24) / most;
        double Y(double share) => 12 + (Height - Bottom - 12) * (1 - share);
        static double ShareOf((int Depth, long Works, long Part) point) => (double)point.Part / point.Works;
        var marks = Math.Max(1, (most + 9) / 10);
        return E(
            "div",
            A("class", "scroll"),
            E(
                "svg",
                A("class", "chart"),
                A("viewBox", $"0 0 {F(Width)} {F(Height)}"),
                A("role", "img"),
                A("aria-label", $"{up}, {across}"),
                Enumerable
                    .Range(0, 5)
                    .Select(i => 25 * i)
                    .SelectMany(p =>
                        new[]
                        {
                            Line("axis", Left, Y(p / 100.0), Width - 10, Y(p / 100.0)),
                            E("text", A("x", F(Left - 6)), A("y", F(Y(p / 100.0) + 4)), A("text-anchor", "end"), $"{p} %"),
                        }
                    ),
                Enumerable
                    .Range(0, most + 1)
                    .Where(d => d % marks == 0)
                    .Select(d => E("text", A("x", F(X(d))), A("y", F(Height - Bottom + 18)), A("text-anchor", "middle"), $"{d}")),
                E("text", A("x", F((Width + Left) / 2)), A("y", F(Height - 6)), A("text-anchor", "middle"), across),
                E("text", A("transform", $"translate(12 {F((Height - Bottom) / 2)}) rotate(-90)"), A("text-anchor", "middle"), up),
                series.SelectMany(s =>
                    s.Points.Zip(s.Points.Skip(1))
                        .Select(p =>
                            Line(
                                s.Class + Weak(Math.Min(p.First.Works, p.Second.Works)),
                                X(p.First.Depth),
                                Y(ShareOf(p.First)),
                                X(p.Second.Depth),
                                Y(ShareOf(p.Second))
                            )
                        )
                        .Concat(
                            s.Points.Select(p =>
                                E(
                                    "circle",
                                    A("class", s.Class + Weak(p.Works)),
                                    A("cx", F(X(p.Depth))),
                                    A("cy", F(Y(ShareOf(p)))),
                                    A("r", "3"),
                                    E("title", $"{p.Depth}: {p.Part} / {p.Works}")
                                )
                            )
                        )
                )
            )
        );

        static string Weak(long works) => works < FewWorks ? " weak" : "";
    }

    private static XElement Line(string look, double x1, double y1, double x2, double y2) =>
        E("line", A("class", look), A("x1", F(x1)), A("y1", F(y1)), A("x2", F(x2)), A("y2", F(y2)));

    private static string F(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
