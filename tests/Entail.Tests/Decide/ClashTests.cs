using Entail.Core.Decide;

namespace Entail.Tests.Decide;

/// <summary>Duties of several licenses that cannot all be met: names that must each come first.</summary>
public sealed class ClashTests
{
    [Theory]
    [InlineData(false, "llama-3", "llama-3.1")]
    [InlineData(false, "llama-3.1", "llama-3.2", "llama-3")]
    [InlineData(false, "llama-3.1", "mit")]
    [InlineData(true, "llama-3.1", "glm-4")]
    [InlineData(true, "llama-3", "llama-3.1", "glm-4")]
    public void Names_clash_where_none_can_begin_with_all_of_the_words(bool clash, params string[] licenses) =>
        Assert.Equal(clash, !Compatibility.Clashes([.. licenses.Select(l => Repository.Catalog.Find(l)!)]).IsEmpty);
}
