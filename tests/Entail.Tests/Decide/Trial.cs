using System.Collections.Immutable;
using System.Text;
using Entail.Core.Decide;
using Entail.Core.Model;

namespace Entail.Tests.Decide;

/// <summary>A license, another one that it may meet, a question, and one more fact that may be learned.</summary>
internal sealed record Trial(License License, License Other, Question Question, string Fact, FactValue Value)
{
    /// <summary>Answers questions about these two licenses, and no other; with the words of the real catalog.</summary>
    public Decider Decider => Of(License, Other);

    /// <summary>The situation of the question, with nothing supposed.</summary>
    public Situation Situation => new(Question.Facts, License.Id, Repository.Catalog.Territories, Repository.Today);

    public Answer Ask() => Decider.Ask(License, Question);

    public static Decider Of(params License[] licenses) =>
        new(
            name => Array.Find(licenses, l => l.Id == name) ?? Repository.Catalog.Find(name),
            Repository.Catalog.Facts,
            Repository.Catalog.Territories,
            Repository.Today
        );

    /// <summary>Simpler trials, for a counterexample that a person can read.</summary>
    public IEnumerable<Trial> Simpler()
    {
        foreach (var rule in License.Rules)
        {
            yield return this with
            {
                License = License with { Rules = License.Rules.Remove(rule) },
            };
        }
        foreach (var rule in Other.Rules)
        {
            yield return this with
            {
                Other = Other with { Rules = Other.Rules.Remove(rule) },
            };
        }
        foreach (var act in Question.Acts.Where(_ => Question.Acts.Length > 1))
        {
            yield return this with
            {
                Question = Question with { Acts = Question.Acts.Remove(act) },
            };
        }
        foreach (var act in Question.MadeBy)
        {
            yield return this with
            {
                Question = Question with { MadeBy = Question.MadeBy.Remove(act) },
            };
        }
        foreach (var fact in Question.Facts.Known.Keys)
        {
            yield return this with
            {
                Question = Question with { Facts = Question.Facts with { Known = Question.Facts.Known.Remove(fact) } },
            };
        }
        if (Question.As is not null)
        {
            yield return this with
            {
                Question = Question with { As = null },
            };
        }
        foreach (var (rule, guard) in License.Rules.SelectMany(r => Simpler(r.When).Select(g => (r, g))))
        {
            yield return this with
            {
                License = License with { Rules = License.Rules.Replace(rule, rule with { When = guard }) },
            };
        }
    }

    private static IEnumerable<Guard> Simpler(Guard guard) =>
        guard switch
        {
            Guard.All all => all.Operands,
            Guard.Any any => any.Operands,
            Guard.Not not => [not.Operand],
            Guard.Test => [new Guard.Always()],
            _ => [],
        };

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var license in new[] { License, Other })
        {
            text.Append('\n').Append(license.Id).Append(", silence ").Append(license.Silence).Append('\n');
            // A license of the real catalog is known by its name.
            foreach (var rule in Repository.Catalog.Find(license.Id) == license ? [] : license.Rules)
            {
                text.Append($"  {rule.Id}: {Detail(rule.Effect)} acts [{Join(rule.Acts)}] of [{Join(rule.Of)}] when ({rule.When})");
                text.Append($" made-by [{Join(rule.MadeBy)}] reach {rule.Reach} {rule.Certainty} parts [{Join(rule.Parts)}]\n");
            }
        }
        text.Append($"question: [{Join(Question.Acts)}] as {Question.As} of {Question.Of} made-by [{Join(Question.MadeBy)}]");
        text.Append($" part {Question.Part} standing {Question.Standing.Lenient}/{Question.Standing.Strict}");
        text.Append($" made by [{Join(Question.Standing.MadeBy)}] assume {Question.Facts.Assume}");
        text.Append($" facts {{{string.Join("; ", Question.Facts.Known.Select(f => $"{f.Key}: {f.Value}"))}}}\n");
        text.Append($"learned: {Fact}: {Value}\n");
        return text.ToString();
    }

    private static string Detail(Effect effect) =>
        effect switch
        {
            Effect.Grant g => $"grant overrides [{string.Join(' ', g.Overrides)}]",
            Effect.Owe o => $"owe {o.Duty} before {o.Before} accepts [{string.Join(' ', o.Accepts)}]",
            Effect.Restrict r => $"restrict [{Join(r.Uses)}]",
            _ => effect.ToString()!,
        };

    private static string Join<T>(ImmutableArray<T> values) => string.Join(' ', values);
}
