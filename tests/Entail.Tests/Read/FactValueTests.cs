using Entail.Core.Model;
using Entail.Core.Read;

namespace Entail.Tests.Read;

/// <summary>A fact takes the values that its type allows; the laws of facts rest on that.</summary>
public sealed class FactValueTests
{
    [Theory]
    [InlineData("entity: company", true)]
    [InlineData("entity: [company]", true)]
    [InlineData("entity: [company, academic]", false)]
    [InlineData("entity: []", false)]
    [InlineData("seat: [DE, FR]", false)]
    [InlineData("recipients: [customers, public]", true)]
    [InlineData("recipients: []", true)]
    [InlineData("mau: {product: 1, group: 2}", true)]
    [InlineData("mau: {product: 2, group: 1}", false)]
    [InlineData("mau: -1", false)]
    public void An_enumerated_fact_has_one_value_and_a_set_any_number(string text, bool sound)
    {
        var reported = new List<string>();
        var facts = FactReader.Read(Yaml.Parse(text, 1, []), Repository.Catalog.Facts, (_, message) => reported.Add(message));
        Assert.Equal(sound ? 1 : 0, facts.Known.Count);
        Assert.Equal(sound ? 0 : 1, reported.Count);
    }
}
