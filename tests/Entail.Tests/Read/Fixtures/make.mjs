// Writes the fixtures: see README.md.
import { writeFileSync } from "node:fs";
import onnxProto from "onnx-proto";
import { GGUFValueType as T, gguf, serializeGgufMetadata } from "@huggingface/gguf";

const { onnx } = onnxProto;
const text = (value) => ({ value, type: T.STRING });
const u32 = (value) => ({ value, type: T.UINT32 });
const list = (value, subType) => ({ value, type: T.ARRAY, subType });
const texts = (value) => list(value, T.STRING);

// One tensor of 8 numbers: name, one dimension, type F32, offset 0; then its data, aligned.
function tensor(name, littleEndian) {
  const bytes = new TextEncoder().encode(name);
  const view = new DataView(new ArrayBuffer(8 + bytes.length + 24));
  view.setBigUint64(0, BigInt(bytes.length), littleEndian);
  new Uint8Array(view.buffer).set(bytes, 8);
  const at = 8 + bytes.length;
  view.setUint32(at, 1, littleEndian);
  view.setBigUint64(at + 4, 8n, littleEndian);
  view.setUint32(at + 12, 0, littleEndian);
  view.setBigUint64(at + 16, 0n, littleEndian);
  return new Uint8Array(view.buffer);
}

async function write(name, metadata, { version = 3, littleEndian = true, tensors = 1 } = {}) {
  const head = {
    version: { value: version, type: T.UINT32 },
    tensor_count: { value: BigInt(tensors), type: T.UINT64 },
    kv_count: { value: BigInt(Object.keys(metadata).length), type: T.UINT64 },
  };
  // With an alignment of 1 the metadata ends where the tensors begin.
  const header = serializeGgufMetadata({ ...head, ...metadata }, { littleEndian, alignment: 1 });
  const infos = tensors === 0 ? new Uint8Array() : tensor("blk.0.weight", littleEndian);
  const padding = (32 - ((header.length + infos.length) % 32)) % 32;
  writeFileSync(name, Buffer.concat([header, infos, new Uint8Array(padding), new Uint8Array(tensors * 32)]));
  const read = await gguf(`./${name}`, { allowLocalFile: true, typedMetadata: true });
  const plain = (_, value) => (typeof value === "bigint" ? value.toString() : value);
  writeFileSync(`${name}.json`, `${JSON.stringify(read.typedMetadata, plain, 1)}\n`);
}

await write("quantized.gguf", {
  "general.architecture": text("pebble"),
  "general.type": text("model"),
  "general.name": text("Pebble Chat 1B"),
  "general.organization": text("Tidewater Labs"),
  "general.finetune": text("Chat"),
  "general.quantized_by": text("somebody"),
  "general.license": text("other"),
  "general.license.name": text("pebble-community-1"),
  "general.license.link": text("https://example.org/pebble/LICENSE"),
  "general.source.repo_url": text("https://huggingface.co/tidewater-labs/Pebble-Chat-1B"),
  "general.base_model.count": u32(2),
  "general.base_model.0.name": text("Pebble 1B"),
  "general.base_model.0.organization": text("Tidewater Labs"),
  "general.base_model.0.repo_url": text("https://huggingface.co/tidewater-labs/Pebble-1B"),
  "general.base_model.1.name": text("Shingle 1B v0.2"),
  "general.base_model.1.organization": text("Shingle Street"),
  "general.dataset.count": u32(1),
  "general.dataset.0.name": text("Beach Talk"),
  "general.dataset.0.organization": text("Tidewater Labs"),
  "general.dataset.0.repo_url": text("https://huggingface.co/datasets/tidewater-labs/beach-talk"),
  "general.tags": texts(["text-generation", "merge", "海滩"]),
  "general.languages": texts(["en", "zh"]),
  "general.file_type": u32(15),
  "general.quantization_version": u32(2),
  "pebble.context_length": u32(4096),
  "pebble.rope.freq_base": { value: 10000.5, type: T.FLOAT32 },
  "pebble.small": { value: -3, type: T.INT8 },
  "pebble.byte": { value: 200, type: T.UINT8 },
  "pebble.short": { value: -300, type: T.INT16 },
  "pebble.word": { value: 60000, type: T.UINT16 },
  "pebble.number": { value: -70000, type: T.INT32 },
  "pebble.long": { value: -5000000000n, type: T.INT64 },
  "pebble.longest": { value: 18446744073709551615n, type: T.UINT64 },
  "pebble.double": { value: 0.1, type: T.FLOAT64 },
  "pebble.empty": text(""),
  "pebble.scales": list([0.5, 0.25, -1], T.FLOAT32),
  "tokenizer.ggml.model": text("gpt2"),
  "tokenizer.ggml.tokens": texts(Array.from({ length: 40 }, (_, i) => `Ġtoken${i}`)),
  "tokenizer.ggml.token_type": list(Array.from({ length: 40 }, () => 1), T.INT32),
  "tokenizer.ggml.add_bos_token": { value: true, type: T.BOOL },
  "tokenizer.chat_template": text("{% for m in messages %}{{ m['content'] }}\n{% endfor %}"),
});

await write("adapter.gguf", {
  "general.architecture": text("pebble"),
  "general.type": text("adapter"),
  "adapter.type": text("lora"),
  "adapter.lora.alpha": { value: 16, type: T.FLOAT32 },
  "general.name": text("Pebble Pirate LoRA"),
  "general.base_model.count": u32(1),
  "general.base_model.0.name": text("Pebble 1B"),
  "general.base_model.0.repo_url": text("https://huggingface.co/tidewater-labs/Pebble-1B"),
  "general.file_type": u32(1),
  "general.quantization_version": u32(2),
});

await write(
  "big-endian.gguf",
  {
    "general.architecture": text("pebble"),
    "general.name": text("Pebble 1B"),
    "general.license": text("mit,apache-2.0"),
    "general.file_type": u32(0),
    "pebble.word": { value: 513, type: T.UINT16 },
    "pebble.long": { value: -2n, type: T.INT64 },
    "pebble.double": { value: 1.5, type: T.FLOAT64 },
    "general.tags": texts(["one", "two"]),
  },
  { littleEndian: false },
);

await write(
  "version-2.gguf",
  {
    "general.architecture": text("pebble"),
    "general.name": text("pebble"),
    "general.source.url": text("https://example.org/pebble"),
    "general.source.huggingface.repository": text("tidewater-labs/Pebble-1B"),
    "general.datasets": texts(["tidewater-labs/beach-talk", "https://huggingface.co/datasets/tidewater-labs/shore-talk"]),
    "general.license": text(
      "Pebble License\n\nWhoever has a copy of Pebble may use it, change it and pass it on,\nas long as this text goes with every copy.\nThere is no warranty.\n",
    ),
    "general.file_type": u32(7),
  },
  { version: 2, tensors: 0 },
);

function safetensors(name, metadata, tensors) {
  const members = { __metadata__: metadata };
  tensors.forEach((t, i) => (members[t] = { dtype: "F16", shape: [2, 2], data_offsets: [8 * i, 8 * i + 8] }));
  let json = JSON.stringify(members);
  // The library pads the header with blanks to a multiple of 8 bytes.
  json += " ".repeat((8 - (Buffer.byteLength(json) % 8)) % 8);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(json)));
  writeFileSync(name, Buffer.concat([length, Buffer.from(json), Buffer.alloc(8 * tensors.length)]));
}

const network = ["lora_unet_down_blocks_0.alpha", "lora_unet_down_blocks_0.lora_down.weight", "lora_unet_down_blocks_0.lora_up.weight"];

safetensors(
  "lora.safetensors",
  {
    ss_network_module: "networks.lora",
    ss_network_dim: "8",
    ss_sd_model_name: "tidewater-labs/pebble-paint-v1",
    ss_base_model_version: "sd_v1",
    ss_output_name: "harbour",
    ss_datasets: '[{"image_dir": "/home/somebody/pictures"}]',
    ss_tag_frequency: '{"harbour": {"boat": 12}}',
    "modelspec.sai_model_spec": "1.0.1",
    "modelspec.architecture": "stable-diffusion-v1/lora",
    "modelspec.implementation": "diffusers",
    "modelspec.title": "Harbour Style",
    "modelspec.author": "somebody",
    "modelspec.license": "cc-by-4.0",
    "modelspec.tags": "style, harbour",
    "modelspec.date": "2024-02-03T04:05:06",
  },
  network,
);

safetensors(
  "merged.safetensors",
  {
    format: "pt",
    "modelspec.sai_model_spec": "1.0.0",
    "modelspec.architecture": "stable-diffusion-v1",
    "modelspec.implementation": "sgm",
    "modelspec.title": "Pebble Mix",
    "modelspec.license": "https://example.org/pebble/LICENSE",
    "modelspec.merged_from": "Pebble Paint 1.0, tidewater-labs/pebble-paint-v1, shoreline_v3",
    ss_sd_model_name: "pebble-paint-v1.safetensors",
  },
  ["model.first.weight", "model.second.weight"],
);

// An ONNX model: its metadata stands after the graph, as ONNX's own tools write it. The weights are 64 zeros.
const model = onnx.ModelProto.encode({
  irVersion: 9,
  producerName: "pebble-exporter",
  producerVersion: "1.2",
  opsetImport: [{ domain: "", version: 17 }],
  graph: {
    name: "pebble",
    node: [{ opType: "Identity", input: ["weights"], output: ["out"] }],
    initializer: [{ name: "weights", dims: [64], dataType: 1, rawData: new Uint8Array(256) }],
  },
  metadataProps: [
    { key: "license", value: "AGPL-3.0 License (https://example.org/license)" },
    { key: "model_name", value: "Pebble Detector" },
    { key: "base_model", value: "tidewater-labs/pebble-detect" },
  ],
}).finish();
writeFileSync("exported.onnx", model);
