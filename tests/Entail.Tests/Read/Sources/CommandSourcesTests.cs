namespace Entail.Tests.Read.Sources;

/// <summary>The models that commands name: in scripts, Dockerfiles, Makefiles, and configurations of containers and of continuous integration.</summary>
public sealed class CommandSourcesTests
{
    [Theory]
    [InlineData("ollama pull llama3.2:3b && ollama run llama3.2:3b 'hi'", "llama3.2:3b@run:1")]
    [InlineData("docker exec -it ollama ollama run hf.co/org/pear-GGUF:Q4_K_M", "org/pear-GGUF@run:1")]
    [InlineData("ollama run --verbose llama3.2", "llama3.2@run:1")]
    [InlineData("ollama create mine -f Modelfile", "mine@run:1")]
    [InlineData("vllm serve org/pear --port 8000", "org/pear@run:1")]
    [InlineData("vllm serve \\\n  --dtype auto \\\n  'org/pear'", "org/pear@run:3")]
    [InlineData("python -m vllm.entrypoints.openai.api_server --model=org/pear", "org/pear@run:1")]
    [InlineData("docker run --gpus all -p 8:8 vllm/vllm-openai:latest --model org/pear", "org/pear@run:1")]
    [InlineData("docker run ghcr.io/huggingface/text-generation-inference:3 --model-id org/pear", "org/pear@run:1")]
    [InlineData("python -m sglang.launch_server --model-path org/pear", "org/pear@run:1")]
    [InlineData("./build/bin/llama-server -hf org/pear-GGUF:Q8_0", "org/pear-GGUF@run:1")]
    [InlineData("llama-cli -m models/pear.gguf", "")]
    [InlineData("huggingface-cli download org/pear pear.gguf --local-dir .", "org/pear@run:1")]
    [InlineData("hf download --repo-type dataset org/data", "[org/data]@run:1")]
    [InlineData("git clone https://huggingface.co/org/pear", "org/pear@run:1")]
    [InlineData("git clone https://huggingface.co/datasets/org/data", "[org/data]@run:1")]
    [InlineData("wget https://huggingface.co/org/pear/resolve/main/a.gguf", "org/pear@run:1")]
    [InlineData("curl https://huggingface.co/api/models/org/pear", "")]
    [InlineData("mlx_lm.generate --model org/pear --prompt x", "org/pear@run:1")]
    [InlineData("trl sft --model_name_or_path org/pear --dataset_name org/data", "org/pear@fine-tune:1 [org/data]@train-on-data:1")]
    [InlineData("trl dpo --model_name_or_path org/pear --use_peft", "org/pear@adapt:1")]
    [InlineData("accelerate launch --num_processes 2 train_sft.py \\\n  --model_name_or_path org/pear", "org/pear@fine-tune:2")]
    [InlineData("llamafactory-cli train --model_name_or_path org/pear --finetuning_type lora", "org/pear@adapt:1")]
    [InlineData("python eval.py --model_name_or_path org/pear", "org/pear@run:1")]
    [InlineData("python src/sft_trainer.py \\\n --model_name org/pear --dataset_name datasets/x --use_peft", "org/pear@adapt:2")]
    [InlineData("python count.py --model_name org/pear", "")]
    [InlineData("python3 -c \"from huggingface_hub import snapshot_download; snapshot_download(repo_id='org/pear')\"", "org/pear@run:1")]
    [InlineData("llamafactory-cli train a.yaml\naxolotl train b.yaml", "")]
    [InlineData("NAME=org/pear\nvllm serve $NAME", "org/pear@run:1")]
    [InlineData("vllm serve \"${NAME:-org/pear}\"", "org/pear@run:1")]
    [InlineData("export M=${1:-org/pear}\nvllm serve ${M}", "org/pear@run:1")]
    [InlineData("vllm serve $ORG/pear\nvllm serve ${ORG}/pear\nvllm serve $(cat name)", "")]
    [InlineData("# ollama pull llama3.2\necho ollama pull llama3.2 # ollama pull x", "")]
    [InlineData("cat <<'EOF' > run.sh\nollama pull llama3.2\nEOF\nollama pull mistral", "mistral@run:4")]
    [InlineData("bash -c \"ollama serve & ollama pull llama3.2\"", "llama3.2@run:1")]
    [InlineData("vllm serve ./models/pear\nvllm serve /data/pear\nvllm serve models/pear", "")]
    [InlineData("train --model org/pear\ngrep -r 'vllm serve org/pear' .", "")]
    [InlineData("MODEL_ID=org/pear-7b", "org/pear-7b@run:1")]
    public void Shell(string script, string expected) => Assert.Equal(expected, Uses.Of("a/run.sh", script));

    [Theory]
    [InlineData("FROM vllm/vllm-openai\nCMD [\"vllm\", \"serve\", \\\n \"org/pear\"]", "org/pear@run:3")]
    [InlineData("FROM vllm/vllm-openai\nCMD [\"--model\", \"org/pear\"]", "org/pear@run:2")]
    [InlineData("FROM x\nENTRYPOINT [\"vllm\", \"serve\"]\nCMD [\"org/pear\"]", "org/pear@run:3")]
    [InlineData("FROM x\nARG NAME=org/pear\nRUN pip install y && \\\n    # why\n    huggingface-cli download ${NAME}", "org/pear@run:2")]
    [InlineData("FROM x\nENV MODEL_ID org/pear-7b\nENV A=b HF_MODEL=\"org/plum-7b\"", "org/pear-7b@run:2 org/plum-7b@run:3")]
    [InlineData("FROM ghcr.io/org/pear\nCOPY org/pear /x\n# RUN ollama pull x", "")]
    public void Dockerfile(string text, string expected) => Assert.Equal(expected, Uses.Of("docker/Dockerfile", text));

    [Theory]
    [InlineData("NAME ?= org/pear # small\n\nserve: build\n\t@vllm serve $(NAME)\n", "org/pear@run:1")]
    [InlineData("pull:\n\tollama pull llama3.2 \\\n\t  --insecure\nollama pull mistral\n", "llama3.2@run:2")]
    public void Makefile(string text, string expected) => Assert.Equal(expected, Uses.Of("Makefile", text));

    [Theory]
    [InlineData("services:\n  llm:\n    image: vllm/vllm-openai:latest\n    command: --model org/pear --port 8000", "org/pear@run:4")]
    [InlineData("services:\n  llm:\n    image: vllm/vllm-openai\n    command:\n      - --model\n      - ${M:-org/pear}", "org/pear@run:6")]
    [InlineData(
        "services:\n  a:\n    image: ghcr.io/huggingface/text-generation-inference\n    command: >\n      --model-id\n      org/pear",
        "org/pear@run:6"
    )]
    [InlineData(
        "services:\n  a:\n    image: x\n    environment:\n      - MODEL_ID=org/pear-7b\n      - OLLAMA_MODEL=llama3.2",
        "org/pear-7b@run:5 llama3.2@run:6"
    )]
    [InlineData(
        "kind: A\n---\nspec:\n  containers:\n  - image: vllm/vllm-openai\n    args: [\"--model\", \"org/pear\"]\n    env:\n    - name: MODEL_ID\n      value: org/plum-7b",
        "org/pear@run:6 org/plum-7b@run:9"
    )]
    [InlineData("containers:\n- command: [/bin/sh, -c]\n  args: ['ollama pull llama3.2']", "llama3.2@run:3")]
    [InlineData(
        "jobs:\n  a:\n    steps:\n    - uses: org/model@v1\n    - run: |\n        pip install x\n        ollama pull llama3.2\n",
        "llama3.2@run:7"
    )]
    [InlineData("test:\n  script:\n  - pip install x\n  - hf download org/pear", "org/pear@run:4")]
    [InlineData("services:\n  a:\n    image: org/model\n    volumes: [org/pear:/x]", "")]
    public void Containers_and_integration(string text, string expected) => Assert.Equal(expected, Uses.Of("a.yml", text));
}
