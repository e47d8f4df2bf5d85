using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Catalog;

/// <summary>The words and the models as blocks of the compiled catalog.</summary>
internal static class TaxonomyFormat
{
    public static void Write(BinaryWriter to, Taxonomy taxonomy)
    {
        foreach (var terms in new[] { taxonomy.Acts, taxonomy.Duties, taxonomy.Reasons, taxonomy.Risks })
        {
            to.WriteList(
                terms,
                t =>
                {
                    to.Write(t.Id);
                    to.Write(t.Label);
                    to.WriteOptional(t.Fix);
                }
            );
        }
        to.WriteList(
            taxonomy.Facts,
            f =>
            {
                to.Write(f.Id);
                to.WriteEnum(f.Type);
                to.Write(f.Of);
                to.WriteStrings(f.Values);
                to.WriteOptional(f.Assumed);
                to.Write(f.Label);
            }
        );
        to.WriteList(
            taxonomy.Restrictions,
            r =>
            {
                to.Write(r.Id);
                to.Write(r.Label);
                to.WriteList(r.Strengths, to.Write);
            }
        );
        to.WriteList(
            taxonomy.Territories,
            t =>
            {
                to.Write(t.Id);
                to.WriteList(
                    t.Members,
                    m =>
                    {
                        to.Write(m.Code);
                        to.Write(m.From);
                        to.Write(m.Until);
                    }
                );
            }
        );
        to.WriteList(
            taxonomy.Findings,
            f =>
            {
                to.Write(f.Id);
                to.WriteEnum(f.Severity);
                to.Write(f.Title);
                to.Write(f.Meaning);
                to.Write(f.Example);
                to.Write(f.Fix);
            }
        );
        to.WriteList(
            taxonomy.Faq,
            f =>
            {
                to.Write(f.Id);
                to.Write(f.Title);
                to.Write(f.Kind);
                to.WriteEnums(f.Acts);
                to.WriteOptional(f.Of?.ToString());
                to.WriteStrings(f.Facts);
                to.WriteStrings(f.Absent);
            }
        );
        to.WriteList(
            taxonomy.Ambiguous,
            a =>
            {
                to.Write(a.Tag);
                to.WriteStrings(a.Candidates);
                to.WriteOptional(a.Note);
            }
        );
        to.WriteList(
            taxonomy.Addresses,
            a =>
            {
                to.Write(a.Address);
                to.Write(a.Id);
            }
        );
    }

    public static Taxonomy Read(BinaryReader from)
    {
        var acts = Terms(from);
        var duties = Terms(from);
        var reasons = Terms(from);
        var risks = Terms(from);
        var facts = from.ReadList(() =>
            new FactDefinition(
                from.ReadString(),
                from.ReadEnum<FactType>(),
                from.ReadString(),
                from.ReadStrings(),
                from.ReadOptional(),
                from.ReadText()
            )
        );
        var restrictions = from.ReadList(() => new RestrictionCategory(from.ReadString(), from.ReadText(), from.ReadList(from.ReadText)));
        var territories = from.ReadList(() =>
            new TerritoryGroup(
                from.ReadString(),
                from.ReadList(() => new TerritoryMember(from.ReadString(), from.ReadDate(), from.ReadDate()))
            )
        );
        var findings = from.ReadList(() =>
            new FindingCode(
                from.ReadString(),
                from.ReadEnum<Severity>(),
                from.ReadText(),
                from.ReadText(),
                from.ReadText(),
                from.ReadText()
            )
        );
        var faq = from.ReadList(() =>
            new FaqTemplate(
                from.ReadString(),
                from.ReadText(),
                from.ReadString(),
                from.ReadEnums<Act>(),
                from.ReadOptional() is { } of ? Enum.Parse<Subject>(of) : null,
                from.ReadStrings(),
                from.ReadStrings()
            )
        );
        var ambiguous = from.ReadList(() => new AmbiguousTag(from.ReadString(), from.ReadStrings(), from.ReadOptionalText()));
        var addresses = from.ReadList(() => new AddressForm(from.ReadString(), from.ReadString()));
        return new Taxonomy(acts, facts, duties, reasons, risks, restrictions, territories, findings, faq, ambiguous, addresses);
    }

    public static void Write(BinaryWriter to, KnownModel model)
    {
        to.Write(model.Id);
        to.Write(model.Kind);
        to.WriteStrings(model.Also);
        to.WriteList(
            model.Licenses,
            l =>
            {
                to.WriteEnum(l.Key);
                to.Write(l.Value);
            }
        );
        to.WriteList(
            model.From,
            m =>
            {
                to.Write(m.Work);
                to.WriteEnum(m.Act);
                to.WriteOptional(m.Part?.ToString());
            }
        );
        to.WriteOptional(model.Multimodal?.ToString());
        to.Write(model.Released);
        to.Write(model.Source);
        to.Write(model.ReadOn);
        to.WriteOptional(model.Note);
    }

    public static KnownModel ReadModel(BinaryReader from) =>
        new(
            from.ReadString(),
            from.ReadString(),
            from.ReadStrings(),
            from.ReadList(() => KeyValuePair.Create(from.ReadEnum<Part>(), from.ReadString())).ToImmutableSortedDictionary(),
            from.ReadList(() =>
                new MadeFrom(from.ReadString(), from.ReadEnum<Act>(), from.ReadOptional() is { } part ? Enum.Parse<Part>(part) : null)
            ),
            from.ReadOptional() is { } multimodal ? bool.Parse(multimodal) : null,
            from.ReadDate(),
            from.ReadString(),
            from.ReadDate(),
            from.ReadOptionalText()
        );

    private static ImmutableArray<Term> Terms(BinaryReader from) =>
        from.ReadList(() => new Term(from.ReadString(), from.ReadText(), from.ReadOptionalText()));
}
