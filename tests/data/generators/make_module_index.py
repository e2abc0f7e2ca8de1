#!/usr/bin/env python3
"""Tensor lists of public architectures of many kinds, in the names their
libraries give them (transformers, diffusers, torchvision, peft).

  make_module_index.py --model resnet50 --out DIR

Header-only sparse files, as in make_dense_index.py: for tests that tell the
parts of a model by names and shapes.  Python 3 standard library only.
"""
import argparse
import json
import os
import sys

sys.dont_write_bytecode = True
import sparse_safetensors as st

F = "F32"


def tensor(name, *shape):
    return [(name, F, list(shape))]


def linear(name, rows, cols, bias=True):
    return tensor(name + ".weight", rows, cols) + (tensor(name + ".bias", rows) if bias else [])


def norm(name, size, bias=True):
    return tensor(name + ".weight", size) + (tensor(name + ".bias", size) if bias else [])


def conv(name, out, inner, *kernel, bias=True):
    return tensor(name + ".weight", out, inner, *kernel) + (tensor(name + ".bias", out) if bias else [])


def batch_norm(name, size):
    return (norm(name, size) + tensor(name + ".running_mean", size) + tensor(name + ".running_var", size)
            + [(name + ".num_batches_tracked", "I64", [])])


def vit():
    t = tensor("vit.embeddings.cls_token", 1, 1, 768) + tensor("vit.embeddings.position_embeddings", 1, 197, 768)
    t += conv("vit.embeddings.patch_embeddings.projection", 768, 3, 16, 16)
    for n in range(12):
        p = f"vit.encoder.layer.{n}."
        for part in ("query", "key", "value"):
            t += linear(p + "attention.attention." + part, 768, 768)
        t += linear(p + "attention.output.dense", 768, 768) + linear(p + "intermediate.dense", 3072, 768)
        t += linear(p + "output.dense", 768, 3072) + norm(p + "layernorm_before", 768) + norm(p + "layernorm_after", 768)
    return t + norm("vit.layernorm", 768) + linear("classifier", 1000, 768)


def resnet50():
    t = conv("conv1", 64, 3, 7, 7, bias=False) + batch_norm("bn1", 64)
    inner = 64
    for number, (width, blocks) in enumerate(((64, 3), (128, 4), (256, 6), (512, 3)), 1):
        for n in range(blocks):
            p = f"layer{number}.{n}."
            t += conv(p + "conv1", width, inner, 1, 1, bias=False) + batch_norm(p + "bn1", width)
            t += conv(p + "conv2", width, width, 3, 3, bias=False) + batch_norm(p + "bn2", width)
            t += conv(p + "conv3", 4 * width, width, 1, 1, bias=False) + batch_norm(p + "bn3", 4 * width)
            if n == 0:
                t += conv(p + "downsample.0", 4 * width, inner, 1, 1, bias=False)
                t += batch_norm(p + "downsample.1", 4 * width)
            inner = 4 * width
    return t + linear("fc", 1000, 2048)


def mobilenet_v2():
    t = conv("features.0.0", 32, 3, 3, 3, bias=False) + batch_norm("features.0.1", 32)
    inner, number = 32, 1
    for expand, width, count in ((1, 16, 1), (6, 24, 2), (6, 32, 3), (6, 64, 4), (6, 96, 3), (6, 160, 3), (6, 320, 1)):
        for _ in range(count):
            p, middle, at = f"features.{number}.conv.", inner * expand, 0
            if expand > 1:
                t += conv(p + "0.0", middle, inner, 1, 1, bias=False) + batch_norm(p + "0.1", middle)
                at = 1
            t += conv(p + f"{at}.0", middle, 1, 3, 3, bias=False) + batch_norm(p + f"{at}.1", middle)
            t += conv(p + str(at + 1), width, middle, 1, 1, bias=False) + batch_norm(p + str(at + 2), width)
            inner, number = width, number + 1
    t += conv("features.18.0", 1280, 320, 1, 1, bias=False) + batch_norm("features.18.1", 1280)
    return t + linear("classifier.1", 1000, 1280)


def clip_layers(prefix, count, hidden, inner):
    t = []
    for n in range(count):
        p = f"{prefix}encoder.layers.{n}."
        for part in ("k_proj", "v_proj", "q_proj", "out_proj"):
            t += linear(p + "self_attn." + part, hidden, hidden)
        t += norm(p + "layer_norm1", hidden) + norm(p + "layer_norm2", hidden)
        t += linear(p + "mlp.fc1", inner, hidden) + linear(p + "mlp.fc2", hidden, inner)
    return t


def clip_vision(prefix, layers, hidden, inner, patch, positions):
    t = tensor(prefix + "embeddings.class_embedding", hidden)
    t += conv(prefix + "embeddings.patch_embedding", hidden, 3, patch, patch, bias=False)
    t += tensor(prefix + "embeddings.position_embedding.weight", positions, hidden)
    return (t + norm(prefix + "pre_layrnorm", hidden) + clip_layers(prefix, layers, hidden, inner)
            + norm(prefix + "post_layernorm", hidden))


def clip():
    t = tensor("logit_scale") + tensor("text_model.embeddings.token_embedding.weight", 49408, 512)
    t += tensor("text_model.embeddings.position_embedding.weight", 77, 512)
    t += [("text_model.embeddings.position_ids", "I64", [1, 77])]
    t += clip_layers("text_model.", 12, 512, 2048) + norm("text_model.final_layer_norm", 512)
    t += clip_vision("vision_model.", 12, 768, 3072, 32, 50)
    return t + linear("visual_projection", 512, 768, bias=False) + linear("text_projection", 512, 512, bias=False)


def whisper_small():
    def attention(p):
        t = linear(p + "k_proj", 768, 768, bias=False)
        for part in ("v_proj", "q_proj", "out_proj"):
            t += linear(p + part, 768, 768)
        return t

    t = conv("model.encoder.conv1", 768, 80, 3) + conv("model.encoder.conv2", 768, 768, 3)
    t += tensor("model.encoder.embed_positions.weight", 1500, 768)
    t += tensor("model.decoder.embed_tokens.weight", 51865, 768) + tensor("model.decoder.embed_positions.weight", 448, 768)
    for side in ("encoder", "decoder"):
        for n in range(12):
            p = f"model.{side}.layers.{n}."
            t += attention(p + "self_attn.") + norm(p + "self_attn_layer_norm", 768)
            if side == "decoder":
                t += attention(p + "encoder_attn.") + norm(p + "encoder_attn_layer_norm", 768)
            t += linear(p + "fc1", 3072, 768) + linear(p + "fc2", 768, 3072) + norm(p + "final_layer_norm", 768)
        t += norm(f"model.{side}.layer_norm", 768)
    return t


def swin_tiny():
    t = conv("swin.embeddings.patch_embeddings.projection", 96, 3, 4, 4) + norm("swin.embeddings.norm", 96)
    for stage, (depth, heads) in enumerate(((2, 3), (2, 6), (6, 12), (2, 24))):
        width = 96 << stage
        for n in range(depth):
            p = f"swin.encoder.layers.{stage}.blocks.{n}."
            t += norm(p + "layernorm_before", width) + norm(p + "layernorm_after", width)
            t += tensor(p + "attention.self.relative_position_bias_table", 169, heads)
            t += [(p + "attention.self.relative_position_index", "I64", [49, 49])]
            for part in ("query", "key", "value"):
                t += linear(p + "attention.self." + part, width, width)
            t += linear(p + "attention.output.dense", width, width) + linear(p + "intermediate.dense", 4 * width, width)
            t += linear(p + "output.dense", width, 4 * width)
        if stage < 3:
            p = f"swin.encoder.layers.{stage}.downsample."
            t += linear(p + "reduction", 2 * width, 4 * width, bias=False) + norm(p + "norm", 4 * width)
    return t + norm("swin.layernorm", 768) + linear("classifier", 1000, 768)


def t5_small():
    t = tensor("shared.weight", 32128, 512)
    for side in ("encoder", "decoder"):
        for n in range(6):
            parts = ["SelfAttention"] + (["EncDecAttention"] if side == "decoder" else [])
            for at, part in enumerate(parts):
                p = f"{side}.block.{n}.layer.{at}."
                for matrix in "qkvo":
                    t += linear(p + part + "." + matrix, 512, 512, bias=False)
                if n == 0 and at == 0:
                    t += tensor(p + "SelfAttention.relative_attention_bias.weight", 32, 8)
                t += norm(p + "layer_norm", 512, bias=False)
            p = f"{side}.block.{n}.layer.{len(parts)}."
            t += linear(p + "DenseReluDense.wi", 2048, 512, bias=False)
            t += linear(p + "DenseReluDense.wo", 512, 2048, bias=False) + norm(p + "layer_norm", 512, bias=False)
        t += norm(f"{side}.final_layer_norm", 512, bias=False)
    return t


def resnet_block(p, inner, out, time):
    t = norm(p + "norm1", inner) + conv(p + "conv1", out, inner, 3, 3) + norm(p + "norm2", out)
    t += conv(p + "conv2", out, out, 3, 3)
    if time:
        t += linear(p + "time_emb_proj", out, 1280)
    return t + (conv(p + "conv_shortcut", out, inner, 1, 1) if inner != out else [])


def spatial_transformer(p, width, text=768):
    t = norm(p + "norm", width) + conv(p + "proj_in", width, width, 1, 1) + conv(p + "proj_out", width, width, 1, 1)
    b = p + "transformer_blocks.0."
    for name, source in (("attn1", width), ("attn2", text)):
        t += linear(b + name + ".to_q", width, width, bias=False) + linear(b + name + ".to_k", width, source, bias=False)
        t += linear(b + name + ".to_v", width, source, bias=False) + linear(b + name + ".to_out.0", width, width)
    for n in (1, 2, 3):
        t += norm(b + f"norm{n}", width)
    return t + linear(b + "ff.net.0.proj", 8 * width, width) + linear(b + "ff.net.2", width, 4 * width)


def sd_unet():
    widths = (320, 640, 1280, 1280)
    t = conv("conv_in", 320, 4, 3, 3) + linear("time_embedding.linear_1", 1280, 320)
    t += linear("time_embedding.linear_2", 1280, 1280)
    inner = 320
    for n, width in enumerate(widths):
        p = f"down_blocks.{n}."
        for i in range(2):
            t += resnet_block(f"{p}resnets.{i}.", inner, width, True)
            inner = width
            if n < 3:
                t += spatial_transformer(f"{p}attentions.{i}.", width)
        if n < 3:
            t += conv(p + "downsamplers.0.conv", width, width, 3, 3)
    t += spatial_transformer("mid_block.attentions.0.", 1280)
    t += resnet_block("mid_block.resnets.0.", 1280, 1280, True) + resnet_block("mid_block.resnets.1.", 1280, 1280, True)
    up = widths[::-1]
    for n, width in enumerate(up):
        p, before, skip = f"up_blocks.{n}.", up[max(n - 1, 0)], up[min(n + 1, 3)]
        for i in range(3):
            t += resnet_block(f"{p}resnets.{i}.", (before if i == 0 else width) + (skip if i == 2 else width), width, True)
            if n > 0:
                t += spatial_transformer(f"{p}attentions.{i}.", width)
        if n < 3:
            t += conv(p + "upsamplers.0.conv", width, width, 3, 3)
    return t + norm("conv_norm_out", 320) + conv("conv_out", 4, 320, 3, 3)


def sd_vae():
    def middle(p):
        t = norm(p + "attentions.0.group_norm", 512)
        for part in ("to_q", "to_k", "to_v", "to_out.0"):
            t += linear(p + "attentions.0." + part, 512, 512)
        return t + resnet_block(p + "resnets.0.", 512, 512, False) + resnet_block(p + "resnets.1.", 512, 512, False)

    widths = (128, 256, 512, 512)
    t, inner = conv("encoder.conv_in", 128, 3, 3, 3), 128
    for n, width in enumerate(widths):
        for i in range(2):
            t += resnet_block(f"encoder.down_blocks.{n}.resnets.{i}.", inner, width, False)
            inner = width
        if n < 3:
            t += conv(f"encoder.down_blocks.{n}.downsamplers.0.conv", width, width, 3, 3)
    t += middle("encoder.mid_block.") + norm("encoder.conv_norm_out", 512) + conv("encoder.conv_out", 8, 512, 3, 3)
    t += conv("decoder.conv_in", 512, 4, 3, 3) + middle("decoder.mid_block.")
    for n, width in enumerate(widths[::-1]):
        for i in range(3):
            t += resnet_block(f"decoder.up_blocks.{n}.resnets.{i}.", inner, width, False)
            inner = width
        if n < 3:
            t += conv(f"decoder.up_blocks.{n}.upsamplers.0.conv", width, width, 3, 3)
    t += norm("decoder.conv_norm_out", 128) + conv("decoder.conv_out", 3, 128, 3, 3)
    return t + conv("quant_conv", 8, 8, 1, 1) + conv("post_quant_conv", 4, 4, 1, 1)


def mamba():
    t = tensor("backbone.embeddings.weight", 50280, 768)
    for n in range(24):
        p = f"backbone.layers.{n}.mixer."
        t += tensor(p + "A_log", 1536, 16) + tensor(p + "D", 1536) + conv(p + "conv1d", 1536, 1, 4)
        t += linear(p + "in_proj", 3072, 768, bias=False) + linear(p + "x_proj", 80, 1536, bias=False)
        t += linear(p + "dt_proj", 1536, 48) + linear(p + "out_proj", 768, 1536, bias=False)
        t += norm(f"backbone.layers.{n}.norm", 768, bias=False)
    return t + norm("backbone.norm_f", 768, bias=False)


def decoder(prefix, layers, hidden, inner, heads, kv, head, vocab, gemma=False):
    t = tensor(prefix + "embed_tokens.weight", vocab, hidden) + norm(prefix + "norm", hidden, bias=False)
    names = ["input_layernorm", "post_attention_layernorm"]
    names += ["pre_feedforward_layernorm", "post_feedforward_layernorm"] if gemma else []
    for n in range(layers):
        p = f"{prefix}layers.{n}."
        for part, rows in (("q", heads), ("k", kv), ("v", kv)):
            t += linear(f"{p}self_attn.{part}_proj", rows * head, hidden, bias=False)
        t += linear(p + "self_attn.o_proj", hidden, heads * head, bias=False)
        for part, rows, cols in (("gate", inner, hidden), ("up", inner, hidden), ("down", hidden, inner)):
            t += linear(f"{p}mlp.{part}_proj", rows, cols, bias=False)
        for name in names:
            t += norm(p + name, hidden, bias=False)
        if gemma:
            t += norm(p + "self_attn.q_norm", head, bias=False) + norm(p + "self_attn.k_norm", head, bias=False)
    return t


def llava():
    t = decoder("language_model.model.", 32, 4096, 11008, 32, 32, 128, 32064)
    t += linear("language_model.lm_head", 32064, 4096, bias=False)
    t += linear("multi_modal_projector.linear_1", 4096, 1024) + linear("multi_modal_projector.linear_2", 4096, 4096)
    return t + clip_vision("vision_tower.vision_model.", 24, 1024, 4096, 14, 577)


def gemma3_vision():
    v = "vision_tower.vision_model."
    t = decoder("language_model.model.", 34, 2560, 10240, 8, 4, 256, 262208, gemma=True)
    t += tensor("multi_modal_projector.mm_input_projection_weight", 1152, 2560)
    t += norm("multi_modal_projector.mm_soft_emb_norm", 1152, bias=False)
    t += conv(v + "embeddings.patch_embedding", 1152, 3, 14, 14)
    t += tensor(v + "embeddings.position_embedding.weight", 4096, 1152)
    return t + clip_layers(v, 27, 1152, 4304) + norm(v + "post_layernorm", 1152)


def lora():
    t = []
    for n in range(32):
        for part, rows in (("q_proj", 4096), ("v_proj", 1024)):
            p = f"base_model.model.model.layers.{n}.self_attn.{part}."
            t += tensor(p + "lora_A.weight", 16, 4096) + tensor(p + "lora_B.weight", rows, 16)
    return t


GEMMA3 = {"architectures": ["Gemma3ForConditionalGeneration"], "model_type": "gemma3", "torch_dtype": "float32",
          "text_config": {"model_type": "gemma3_text", "hidden_size": 2560, "intermediate_size": 10240,
                          "num_hidden_layers": 34, "sliding_window": 1024},
          "vision_config": {"model_type": "siglip_vision_model", "hidden_size": 1152, "num_hidden_layers": 27}}
LLAVA = {"architectures": ["LlavaForConditionalGeneration"], "model_type": "llava", "torch_dtype": "float32",
         "text_config": {"model_type": "llama", "hidden_size": 4096, "num_hidden_layers": 32, "num_attention_heads": 32,
                         "intermediate_size": 11008, "vocab_size": 32064}, "vision_config": {"hidden_size": 1024}}
MAMBA = {"architectures": ["MambaForCausalLM"], "model_type": "mamba", "hidden_size": 768, "num_hidden_layers": 24,
         "state_size": 16, "conv_kernel": 4, "expand": 2, "vocab_size": 50280, "torch_dtype": "float32"}
LORA = {"peft_type": "LORA", "base_model_name_or_path": "meta-llama/Llama-3.1-8B", "r": 16, "lora_alpha": 32,
        "target_modules": ["q_proj", "v_proj"]}
MODELS = {"vit": (vit, {"architectures": ["ViTForImageClassification"], "model_type": "vit"}), "resnet50": (resnet50, {}),
          "mobilenet-v2": (mobilenet_v2, {}), "clip": (clip, {"architectures": ["CLIPModel"], "model_type": "clip"}),
          "whisper-small": (whisper_small, {"architectures": ["WhisperForConditionalGeneration"], "model_type": "whisper"}),
          "swin-tiny": (swin_tiny, {"architectures": ["SwinForImageClassification"], "model_type": "swin"}),
          "t5-small": (t5_small, {"architectures": ["T5ForConditionalGeneration"], "model_type": "t5"}),
          "sd-unet": (sd_unet, {"_class_name": "UNet2DConditionModel"}), "sd-vae": (sd_vae, {"_class_name": "AutoencoderKL"}),
          "mamba-130m": (mamba, MAMBA), "llava-1.5-7b": (llava, LLAVA), "gemma-3-4b": (gemma3_vision, GEMMA3),
          "lora": (lora, None)}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ap.add_argument("--model", required=True, choices=MODELS)
    ap.add_argument("--out", required=True, help="folder to write; must be temporary (files are sparse)")
    args = ap.parse_args()
    make, config = MODELS[args.model]
    st.write_model(args.out, st.split_shards([make()], 1 << 60))
    name = "config.json"
    if config is None:
        os.rename(os.path.join(args.out, "model.safetensors"), os.path.join(args.out, "adapter_model.safetensors"))
        name, config = "adapter_config.json", LORA
    with open(os.path.join(args.out, name), "w") as f:
        json.dump(config, f, indent=2)


if __name__ == "__main__":
    main()
