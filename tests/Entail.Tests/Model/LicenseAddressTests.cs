using Entail.Core.Model;

namespace Entail.Tests.Model;

/// <summary>Addresses of licenses, as they are compared and as the catalog knows them.</summary>
public sealed class LicenseAddressTests
{
    [Theory]
    [InlineData("https://www.Pear.example/Licenses/2.0.html?x=1#top", "pear.example/licenses/2.0")]
    [InlineData(" http://pear.example/license/ ", "pear.example/license")]
    [InlineData("www.pear.example/a.en.html", "pear.example/a")]
    [InlineData("https://pear.example", "pear.example")]
    [InlineData("https://pear.example/v1.0", "pear.example/v1.0")]
    [InlineData("pear.example/license", null)]
    [InlineData("ftp://pear.example/license", null)]
    [InlineData("https://", null)]
    [InlineData("https://localhost/a", null)]
    [InlineData("https://pear.example/a b", null)]
    [InlineData("mit", null)]
    [InlineData("", null)]
    public void An_address_is_compared_without_dressing(string text, string? plain) => Assert.Equal(plain, LicenseAddress.Plain(text));

    [Theory]
    [InlineData("a.b/{id}", "a.b/x", "x")]
    [InlineData("a.b/{id}", "a.b/x/more", "x")]
    [InlineData("a.b/{id}", "a.b", null)]
    [InlineData("a.b/{id}", "a.c/x", null)]
    [InlineData("a.b/v-{id}.z", "a.b/v-1.z", "1")]
    [InlineData("a.b/v-{id}.z", "a.b/v-.z", null)]
    public void A_form_takes_the_id_out_of_an_address(string form, string address, string? id) =>
        Assert.Equal(id, LicenseAddress.Id(address, [new AddressForm(form, "{id}")]));

    [Theory]
    [InlineData("https://opensource.org/licenses/MIT", "mit")]
    [InlineData("https://opensource.org/license/mit", "mit")]
    [InlineData("http://www.apache.org/licenses/LICENSE-2.0.txt", "apache-2.0")]
    [InlineData("https://creativecommons.org/licenses/by-nc/4.0/deed.zh-hans", "cc-by-nc-4.0")]
    [InlineData("https://www.llama.com/llama3_1/license/", "llama-3.1")]
    [InlineData("https://spdx.org/licenses/Unheard-Of-1.0.html", "unheard-of-1.0")]
    [InlineData("https://pear.example/mit", null)]
    [InlineData("mit", "mit")]
    public void The_catalog_knows_addresses(string name, string? id)
    {
        Assert.Equal(id, Repository.Catalog.IdOf(name));
        Assert.Equal(id is null or "unheard-of-1.0" ? null : id, Repository.Catalog.Find(name)?.Id);
    }

    [Fact]
    public void Forms_are_written_as_addresses_are_compared() =>
        Assert.All(
            Repository.Catalog.Taxonomy.Addresses,
            f =>
                Assert.Equal(
                    f.Address,
                    LicenseAddress.Plain($"https://{f.Address.Replace('{', '(').Replace('}', ')')}")?.Replace('(', '{').Replace(')', '}')
                )
        );
}
