from sentence_transformers import SentenceTransformer
from transformers import AutoModelForCausalLM

MODEL = "meta-llama/Llama-3.1-8B-Instruct"

model = AutoModelForCausalLM.from_pretrained(MODEL)
index = SentenceTransformer("BAAI/bge-m3")
