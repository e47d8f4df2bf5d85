using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Entail.Core.Catalog;
using Entail.Core.Explain;
using Entail.Core.Model;

namespace Entail.Core.Write;

/// <summary>
/// The report of <c>check</c> as JUnit XML, for systems that show tests: each finding is a test that failed, each duty that is met one that passed, and
/// what was accepted or is no more than a note one that was skipped.
/// </summary>
/// <param name="catalog">The catalog.</param>
/// <param name="say">The words.</param>
public sealed class ReportJunit(CompiledCatalog catalog, Phrases say)
{
    private readonly FindingWords words = new(catalog, say);

    /// <summary>The document.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="failsFrom">The severity from which on a finding is a failure.</param>
    public string Of(CheckResult result, Severity failsFrom)
    {
        var cases = result
            .Findings.Select(f => Case(f, failsFrom))
            .Concat(
                result
                    .Duties.Where(d => d.State == DutyState.Met)
                    .DistinctBy(d => (d.License, d.Owe.Duty))
                    .Select(d => new XElement(
                        "testcase",
                        new XAttribute("classname", Plain(result.Decision.Lineage.Root)),
                        new XAttribute("name", Plain($"{d.Owe.Duty}: {say.Say(d.Rule.Summary)} [{d.License}]"))
                    ))
            )
            .ToList();
        if (cases.Count == 0)
        {
            cases.Add(
                new XElement(
                    "testcase",
                    new XAttribute("classname", Plain(result.Decision.Lineage.Root)),
                    new XAttribute("name", say.Say("nothing is wrong and nothing is owed", "没有问题，也没有义务"))
                )
            );
        }
        var suite = new XElement(
            "testsuite",
            new XAttribute("name", Plain(new ReportPage(catalog, say, (_, _) => null).Summary(result).ToString())),
            Count("tests", cases.Count),
            Count("failures", cases.Count(c => c.Element("failure") is not null)),
            Count("errors", 0),
            Count("skipped", cases.Count(c => c.Element("skipped") is not null)),
            cases
        );
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{new XElement("testsuites", suite).ToString().ReplaceLineEndings("\n")}\n";
    }

    private XElement Case(Finding finding, Severity failsFrom)
    {
        var place = finding.Evidence.FirstOrDefault();
        var at = place is null ? "" : $"{place.File}{(place.Line is { } line ? $":{line.ToString(CultureInfo.InvariantCulture)}" : "")}";
        var text = Plain(
            $"{at}\n{say.Say("clause: ", "条款：")}{Phrases.Cite(finding.Clauses)}\n{say.Say("fix: ", "修复：")}{words.Fix(finding)}\nid: {finding.Id}"
        );
        var message = new XAttribute("message", Plain(words.Message(finding)));
        return new XElement(
            "testcase",
            new XAttribute("classname", Plain(finding.Work)),
            new XAttribute("name", Plain($"{finding.Code}: {words.Message(finding)}")),
            place is null ? null : new XAttribute("file", Plain(place.File)),
            finding.Suppressed is { } accepted ? new XElement("skipped", new XAttribute("message", Plain(accepted.Reason)))
                : finding.Severity >= failsFrom ? new XElement("failure", message, new XAttribute("type", Kebab.Of(finding.Severity)), text)
                : new XElement("skipped", message)
        );
    }

    private static XAttribute Count(string name, int count) => new(name, count.ToString(CultureInfo.InvariantCulture));

    // XML has no place for some characters.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                plain.Append(text, i++, 2);
            }
            else
            {
                plain.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\ufffd');
            }
        }
        return plain.ToString();
    }
}
