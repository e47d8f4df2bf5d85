using Entail.Core.Catalog;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>The licenses that works of a lineage declare, by the names they may go by.</summary>
internal sealed class DeclaredLicenses(CompiledCatalog catalog, DateOnly day)
{
    /// <summary>
    /// The names of the licenses of a part, each with whether it is one of several candidates. Where the part has none and the work has a single
    /// license, that one; where nothing is declared, the work's own id stands for the license that nobody knows.
    /// </summary>
    public IReadOnlyList<(string Name, bool Candidate)> Names(LinkedWork work, Part part)
    {
        var licenses = work.Of(part).ToList();
        if (licenses.Count == 0 && work.Licenses is [var only])
        {
            licenses = [only];
        }
        var names = new List<(string Name, bool Candidate)>();
        foreach (var license in licenses)
        {
            foreach (var single in license.Expression.Singles())
            {
                // An ambiguous tag stands for every candidate.
                var candidates = catalog.Candidates(single.Id, day);
                foreach (var candidate in candidates)
                {
                    Add(candidate.Id, candidates.Length > 1 || license.Candidate);
                }
                if (candidates.IsEmpty)
                {
                    Add(single.Id, license.Candidate);
                }
            }
        }
        return names.Count > 0 ? names : [(work.Id, false)];

        void Add(string name, bool candidate)
        {
            if (!names.Contains((name, candidate)))
            {
                names.Add((name, candidate));
            }
        }
    }

    /// <summary>The parts of a work that others are made from, its main part last.</summary>
    public static IEnumerable<Part> UsedParts(Lineage lineage, LinkedWork work) =>
        lineage
            .Works.SelectMany(w => w.Steps)
            .Where(s => s.From == work.Id && s.Part is not null)
            .Select(s => s.Part!.Value)
            .Append(work.MainPart)
            .Distinct();

    /// <summary>
    /// True where a publisher's further work goes under the license of its first: it is licensed anew, as an original, and what the publisher itself
    /// did is no act of a licensee.
    /// </summary>
    public bool IsReleased(LinkedWork work, LinkedWork origin, string name) =>
        work.Id != origin.Id
        && work.Id.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
        && origin.Id.StartsWith(work.Id[..(slash + 1)], StringComparison.OrdinalIgnoreCase)
        && Names(work, work.MainPart).Any(n => Canonical(n.Name) == Canonical(name));

    /// <summary>The catalog's id of a license, or the name as written.</summary>
    public string Canonical(string name) => catalog.Find(name)?.Id ?? name;
}
