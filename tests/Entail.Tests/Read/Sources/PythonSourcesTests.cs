using System.Text.Json;
using Entail.Core.Model;
using Entail.Core.Read.Sources;

namespace Entail.Tests.Read.Sources;

/// <summary>The models and datasets that Python names.</summary>
public sealed class PythonSourcesTests
{
    [Theory]
    [InlineData("m = AutoModel.from_pretrained('org/pear-7b')", "org/pear-7b@run:1")]
    [InlineData(
        "m = AutoModel.from_pretrained(\n    # the small one\n    \"org/pear-7b\",\n    device_map='auto',\n)",
        "org/pear-7b@run:3"
    )]
    [InlineData("m = T.from_pretrained(pretrained_model_name_or_path=r'org/pear')", "org/pear@run:1")]
    [InlineData("m = T.from_pretrained('bert-base-uncased')", "bert-base-uncased@run:1")]
    [InlineData("m = T.from_pretrained('https://huggingface.co/org/pear')", "org/pear@run:1")]
    [InlineData("p = pipeline('text-generation', model='org/pear')", "org/pear@run:1")]
    [InlineData("p = pipeline('text-generation', 'org/pear')", "org/pear@run:1")]
    [InlineData("p = pipeline('sentiment-analysis')", "")]
    [InlineData("e = SentenceTransformer('org/pear-embed')", "org/pear-embed@run:1")]
    [InlineData("e = SentenceTransformer('all-MiniLM-L6-v2')", "sentence-transformers/all-MiniLM-L6-v2@run:1")]
    [InlineData("e = SentenceTransformer('my_folder')", "")]
    [InlineData("e = CrossEncoder('org/rank')", "org/rank@run:1")]
    [InlineData("e = HuggingFaceEmbeddings(model_name='org/pear', model_kwargs={'device': 'cpu'})", "org/pear@run:1")]
    [InlineData("l = HuggingFacePipeline.from_model_id(model_id='org/pear', task='text-generation')", "org/pear@run:1")]
    [InlineData("l = LLM(model=\"org/pear\", tensor_parallel_size=2)", "org/pear@run:1")]
    [InlineData("l = LLM('org/pear')", "org/pear@run:1")]
    [InlineData("l = sgl.Engine(model_path='org/pear')", "org/pear@run:1")]
    [InlineData("snapshot_download('org/pear', local_dir='x/y')", "org/pear@run:1")]
    [InlineData("snapshot_download(repo_id='org/data', repo_type='dataset')", "[org/data]@run:1")]
    [InlineData("snapshot_download(repo_id='org/app', repo_type='space')", "")]
    [InlineData("f = hf_hub_download(repo_id='org/pear', filename='org/file.gguf')", "org/pear@run:1")]
    [InlineData("l = Llama.from_pretrained(repo_id='org/pear-GGUF', filename='*q8_0.gguf')", "org/pear-GGUF@run:1")]
    [InlineData("c = InferenceClient(model='org/pear')", "org/pear@run:1")]
    [InlineData("m = PeftModel.from_pretrained(base, 'org/lora')", "org/lora@run:1")]
    [InlineData("m, t = FastLanguageModel.from_pretrained(model_name='org/pear', load_in_4bit=True)", "org/pear@run:1")]
    [InlineData("from mlx_lm import load, generate\nm, t = load('org/pear')", "org/pear@run:2")]
    [InlineData("import mlx_lm\nm, t = mlx_lm.load('org/pear')", "org/pear@run:2")]
    [InlineData("import yaml\nx = yaml.load('org/pear')\ny = load('org/plum')", "")]
    [InlineData("m = whisper.load_model('base')\nn = WhisperModel('large-v3')\no = WhisperModel('org/fig-v3')", "org/fig-v3@run:3")]
    [InlineData("d = load_dataset('org/data', split='train')", "[org/data]@run:1")]
    [InlineData("d = load_dataset('json', data_files='org/data.json')", "")]
    public void Libraries_of_the_hub(string code, string expected) => Assert.Equal(expected, Uses.Of("src/app.py", code));

    [Theory]
    [InlineData("import ollama\nr = ollama.chat(model='llama3.2', messages=[{'role': 'user'}])", "llama3.2@run:2")]
    [InlineData("import ollama\nollama.pull('llama3.2:3b')", "llama3.2:3b@run:2")]
    [InlineData("from ollama import chat\nr = chat(model='llama3.2')", "llama3.2@run:2")]
    [InlineData("from ollama import Client\nc = Client(host='x')\nr = c.chat(model='hf.co/org/pear-GGUF:Q4_K_M')", "org/pear-GGUF@run:3")]
    [InlineData("from ollama import AsyncClient\nr = await AsyncClient().chat(model='llama3.2')", "llama3.2@run:2")]
    [InlineData("c = Client()\nr = c.chat(model='llama3.2')\nq = chat('mistral')", "")]
    [InlineData("l = ChatOllama(model='llama3.2', temperature=0)", "llama3.2@run:1")]
    [InlineData("l = OllamaLLM(model='org/pear:7b')", "org/pear:7b@run:1")]
    [InlineData("r = completion(model='ollama/llama3.2', messages=m)", "llama3.2@run:1")]
    [InlineData("r = litellm.completion(model='huggingface/org/pear')", "org/pear@run:1")]
    [InlineData("r = litellm.completion(model='gpt-4o')\nr = litellm.completion('anthropic/claude-3')", "")]
    [InlineData("r = client.chat.completions.create(model='gpt-4o-mini')", "")]
    public void Libraries_of_Ollama(string code, string expected) => Assert.Equal(expected, Uses.Of("app.py", code));

    [Theory]
    [InlineData("MODEL = 'org/pear'\n\nt = A.from_pretrained(MODEL)\nm = B.from_pretrained(MODEL)", "org/pear@run:1")]
    [InlineData("def load():\n    return A.from_pretrained(NAME)\n\nNAME = 'org/pear'", "org/pear@run:4")]
    [InlineData("m = A.from_pretrained(os.environ.get('X', 'org/pear'))", "org/pear@run:1")]
    [InlineData("X = os.getenv(\"X\", default='org/pear')\nm = A.from_pretrained(X)", "org/pear@run:1")]
    [InlineData("m = A.from_pretrained(os.environ.get('X') or 'org/pear')", "org/pear@run:1")]
    [InlineData("m = A.from_pretrained('org/pear' if small else 'org/plum')", "org/pear@run:1 org/plum@run:1")]
    [InlineData("if small:\n    n = 'org/pear'\nelse:\n    n = 'org/plum'\nA.from_pretrained(n)", "org/pear@run:2 org/plum@run:4")]
    [InlineData(
        "def a():\n    n = 'org/pear'\n    A.from_pretrained(n)\n\ndef b():\n    n = get()\n    A.from_pretrained(n)\n",
        "org/pear@run:2"
    )]
    [InlineData("n = 'org/pear'\ndef b(n):\n    A.from_pretrained(n)\n", "")]
    [InlineData("n = 'org/pear'\nn = sys.argv[1]\nA.from_pretrained(n)\n", "")]
    [InlineData(
        "p.add_argument('-m', '--model-name', type=str, default='org/pear')\na = p.parse_args()\nA.from_pretrained(a.model_name)",
        "org/pear@run:1"
    )]
    [InlineData("p.add_argument('--output', default='org/pear')", "")]
    [InlineData("p.add_argument('--backbone', default='org/pear')\nA.from_pretrained(args.backbone)", "org/pear@run:1")]
    [InlineData("def run(task, model_id: str = 'org/pear', *, n=3) -> None:\n    pass", "org/pear@run:1")]
    [InlineData("@dataclass\nclass Config:\n    model_name_or_path: str = 'org/pear'\n    output_dir: str = 'org/out'", "org/pear@run:3")]
    [InlineData("class C:\n    model_name: str = field(default='org/pear', metadata={'help': 'a/b'})", "org/pear@run:2")]
    [InlineData(
        "class A:\n    def __init__(self, name='org/pear'):\n        self.name = name\n    def load(self):\n        return M.from_pretrained(self.name)",
        "org/pear@run:2"
    )]
    [InlineData("MODEL_ID = 'org/pear'", "org/pear@run:1")]
    [InlineData(
        "OLLAMA_MODEL = os.getenv('OLLAMA_MODEL', 'llama3.2')\nclass S:\n    model_name = 'ollama/mistral'",
        "llama3.2@run:1 mistral@run:3"
    )]
    [InlineData("MODEL_ID = 'openai/gpt-4o'\nBASE_MODEL = 'anthropic/x'\nWORD = 'org/pear'\nmodel_id = 'org/plum'", "")]
    [InlineData("a = b\nb = a\nA.from_pretrained(a)", "")]
    public void Names_that_stand_for_a_string(string code, string expected) => Assert.Equal(expected, Uses.Of("app.py", code));

    [Theory]
    [InlineData("t = SFTTrainer(model='org/pear', train_dataset=d)", "org/pear@fine-tune:1")]
    [InlineData("t = DPOTrainer('org/pear', peft_config=LoraConfig(r=8))", "org/pear@adapt:1")]
    [InlineData("t = GRPOTrainer(model='org/pear', peft_config=None)", "org/pear@fine-tune:1")]
    [InlineData("m = A.from_pretrained('org/pear')\nt = Trainer(model=m, args=a)", "org/pear@fine-tune:1")]
    [InlineData("m = A.from_pretrained('org/pear')\nm = get_peft_model(m, c)\nt = Trainer(model=m, args=a)", "org/pear@adapt:1")]
    [InlineData(
        "d = load_dataset('org/data')\nd = d.map(f)\nt = SFTTrainer(model='org/pear', train_dataset=d['train'])",
        "[org/data]@train-on-data:1 org/pear@fine-tune:3"
    )]
    [InlineData(
        "t = SFTTrainer('org/pear', train_dataset=load_dataset('org/data', split='train'))",
        "org/pear@fine-tune:1 [org/data]@train-on-data:1"
    )]
    public void What_a_trainer_trains(string code, string expected) => Assert.Equal(expected, Uses.Of("train.py", code));

    [Theory]
    [InlineData("# A.from_pretrained('org/pear')")]
    [InlineData("x = 1  # LLM('org/pear')")]
    [InlineData("def f():\n    '''\n    >>> A.from_pretrained('org/pear')\n    '''\n")]
    [InlineData("\"\"\"A.from_pretrained('org/pear')\n# \"\"\"")]
    [InlineData("s = \"A.from_pretrained('org/pear')\"")]
    [InlineData("A.from_pretrained(f'org/{name}')")]
    [InlineData("A.from_pretrained('org/' + name)")]
    [InlineData("A.from_pretrained('org/' 'pear')")]
    [InlineData("A.from_pretrained(b'org/pear')")]
    [InlineData(
        "A.from_pretrained('./pear')\nA.from_pretrained('/data/pear')\nA.from_pretrained('~/m/pear')\nA.from_pretrained('../m/pear')"
    )]
    [InlineData("A.from_pretrained('outputs/checkpoint-100')\nA.from_pretrained('models/pear')\nA.from_pretrained('a/b/c')")]
    [InlineData("A.from_pretrained('pear')")]
    [InlineData("A.from_pretrained()")]
    [InlineData("print('org/pear')\nopen('org/pear')")]
    [InlineData("class Peach(A):\n    def from_pretrained(self, name):\n        pass")]
    public void No_uses(string code) => Assert.Equal("", Uses.Of("app.py", code));

    [Fact]
    public void A_use_tells_its_line_and_what_loads_it()
    {
        var use = Assert.Single(SourceUses.In("a/b.py", "\n    m = A.from_pretrained('org/pear')  " + new string('x', 300) + "\n"));

        Assert.Equal(("org/pear", "model", Act.Run), (use.Name, use.Kind, use.Act));
        Assert.Equal(
            ("a/b.py", 2, "from_pretrained", EvidenceSource.Declared),
            (use.Evidence.File, use.Evidence.Line, use.Evidence.Pointer, use.Evidence.Source)
        );
        Assert.Equal(160, use.Evidence.Text!.Length);
        Assert.StartsWith("m = A.from", use.Evidence.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_notebook_has_its_code_cells_read_on_the_lines_of_its_file()
    {
        string[][] cells =
        [
            ["%%bash\n", "ollama pull llama3.2"],
            ["!pip install x\n", "!huggingface-cli download org/fig\n", "%matplotlib inline\n", "N = 'org/pear'\n", "x = (1,"],
            ["A.from_pretrained(N)"],
        ];
        var notebook = JsonSerializer.Serialize(
            new
            {
                cells = cells.Select(c => new { cell_type = "code", source = c }).Append(new { cell_type = "markdown", source = Prose }),
            },
            Indented
        );
        var lines = notebook.Split('\n').ToList();
        int Line(string part) => lines.FindIndex(l => l.Contains(part, StringComparison.Ordinal)) + 1;

        Assert.Equal(
            $"llama3.2@run:{Line("llama3.2")} org/fig@run:{Line("org/fig")} org/pear@run:{Line("org/pear")}",
            Uses.Of("a.ipynb", notebook)
        );
        Assert.Equal("", Uses.Of("a.ipynb", "{}"));
        Assert.Equal("", Uses.Of("a.ipynb", "A.from_pretrained('org/pear')"));
    }

    private static readonly string[] Prose = ["A.from_pretrained('org/plum')"];

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
}
