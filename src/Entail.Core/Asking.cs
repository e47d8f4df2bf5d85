using System.Collections.Immutable;
using Entail.Core.Catalog;
using Entail.Core.Decide;
using Entail.Core.Link;
using Entail.Core.Model;
using Entail.Core.Read;

namespace Entail.Core;

/// <summary>Answers questions about licenses and about models of the catalog.</summary>
public sealed class Asking(CompiledCatalog catalog, DateOnly today)
{
    private readonly ExpressionDecider decider = new(catalog, today);

    /// <summary>The decider, for what builds on single answers.</summary>
    public ExpressionDecider Decider => decider;

    /// <summary>What a question is about, as written on a command line: a <c>/</c> means a model; <c>license:</c> and <c>model:</c> force.</summary>
    public static (string Name, bool IsModel) Target(string written) =>
        written.StartsWith("license:", StringComparison.OrdinalIgnoreCase) ? (written["license:".Length..], false)
        : written.StartsWith("model:", StringComparison.OrdinalIgnoreCase) ? (written["model:".Length..], true)
        : (written, written.Contains('/', StringComparison.Ordinal));

    /// <summary>The answer.</summary>
    public Answer Ask(WrittenQuestion written) =>
        written.IsModel ? AskModel(written.Asked, written.Question) : decider.Ask(LicenseExpression.Parse(written.Asked), written.Question);

    /// <summary>A model is bound by its own license and by those of everything it was made from.</summary>
    private Answer AskModel(string name, Question question)
    {
        if (catalog.FindModel(name) is null)
        {
            return ExpressionDecider.Unknown(name) with { Unclear = [new Unclarity(UnclearReason.LineageUnknown, name, [])] };
        }
        var lineage = new Linker(catalog, null, Configuration.OfModel(name), []).Link();
        var part = question.Part ?? lineage.RootWork.MainPart;
        var bindings = new LineageDecider(catalog, decider, today)
            .BindingsAt(lineage, question.Facts, name)
            .Where(b => b.Via.IsEmpty ? b.Part == part : part == lineage.RootWork.MainPart)
            .ToList();
        if (part != lineage.RootWork.MainPart)
        {
            return lineage.RootWork.Of(part).FirstOrDefault() is { } other
                ? decider.Ask(other.Expression, question with { Part = part })
                : ExpressionDecider.Unknown(name);
        }
        return ExpressionDecider.All([
            .. bindings
                .Select(b =>
                    b.License is null
                        ? ExpressionDecider.Unknown(b.Name)
                        : decider.Single.Ask(
                            b.License,
                            question with
                            {
                                Facts = b.Facts.With(question.Facts),
                                Standing = b.Standing,
                                Part = part,
                            }
                        )
                )
                .DistinctBy(a => (a.License, a.Verdict)),
        ]);
    }
}
