namespace Entail.Core.Model;

/// <summary>A model or a dataset that code, a command or a configuration names by its id.</summary>
/// <param name="Name">The id, as the hub (<c>org/name</c>) or Ollama (<c>llama3.2:3b</c>) writes it.</param>
/// <param name="Kind"><c>model</c> or <c>dataset</c>.</param>
/// <param name="Act">
/// What is done with it: run, for whatever loads, serves or downloads; fine-tune or adapt what is trained, train-on-data what it is trained on; merge.
/// </param>
/// <param name="Evidence">The line that has the id; its pointer is what loads it, such as <c>from_pretrained</c>.</param>
public sealed record ModelUse(string Name, string Kind, Act Act, Evidence Evidence);
