"""Video pipelines as small as their classes allow, with random weights that a seed decides.

They prove that real loading and calling code works: each is saved to a folder and loaded from it.
Only for an environment with torch, transformers and diffusers.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import diffusers  # type: ignore[import-not-found]
import torch  # type: ignore[import-not-found]
from tokenizers import Tokenizer, models, pre_tokenizers, processors  # type: ignore[import-not-found, import-untyped, unused-ignore]
from transformers import (  # type: ignore[import-not-found]
    CLIPTextConfig,
    CLIPTextModel,
    LlamaConfig,
    LlamaModel,
    PreTrainedTokenizerFast,
    T5Config,
    T5EncoderModel,
    UMT5Config,
    UMT5EncoderModel,
)

Pipeline: TypeAlias = Any  # its library has no types

WIDTH = 32


def a_tokenizer() -> Pipeline:
    """One token a byte: no vocabulary to fetch."""
    vocabulary = {"<pad>": 0, "</s>": 1, "<unk>": 2}
    for byte in sorted(pre_tokenizers.ByteLevel.alphabet()):
        vocabulary[byte] = len(vocabulary)
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[], unk_token="<unk>"))  # noqa: S106 - a token of text
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="$A </s>", special_tokens=[("</s>", 1)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="<pad>",  # noqa: S106 - a token of text
        eos_token="</s>",  # noqa: S106 - a token of text
        unk_token="<unk>",  # noqa: S106 - a token of text
        model_max_length=512,
    )


def _umt5(words: int) -> Pipeline:
    config = UMT5Config(
        vocab_size=words,
        d_model=WIDTH,
        d_kv=8,
        d_ff=64,
        num_layers=2,
        num_heads=4,
        feed_forward_proj="gated-gelu",
    )
    return UMT5EncoderModel(config).eval()


def _wan_parts(*, channels: int = 16) -> dict[str, Any]:
    tokenizer = a_tokenizer()
    return {
        "tokenizer": tokenizer,
        "text_encoder": _umt5(len(tokenizer)),
        "vae": diffusers.AutoencoderKLWan(
            base_dim=3,
            z_dim=16,
            dim_mult=[1, 1, 1, 1],
            num_res_blocks=1,
            temperal_downsample=[False, True, True],
        ).eval(),
        "scheduler": diffusers.FlowMatchEulerDiscreteScheduler(shift=7.0),
        "transformer": diffusers.WanTransformer3DModel(**_wan_sizes(channels)).eval(),
    }


def _wan_sizes(channels: int) -> dict[str, Any]:
    return {
        "patch_size": (1, 2, 2),
        "num_attention_heads": 2,
        "attention_head_dim": 12,
        "in_channels": channels,
        "out_channels": 16,
        "text_dim": WIDTH,
        "freq_dim": 256,
        "ffn_dim": 32,
        "num_layers": 2,
        "cross_attn_norm": True,
        "qk_norm": "rms_norm_across_heads",
        "rope_max_seq_len": 32,
    }


def wan() -> Pipeline:
    """Wan 2.2, text to video."""
    return diffusers.WanPipeline(**_wan_parts(), transformer_2=None)


def wan_image() -> Pipeline:
    """Wan 2.2, image to video: the picture is in the channels, there is no image encoder."""
    return diffusers.WanImageToVideoPipeline(
        **_wan_parts(channels=36), image_encoder=None, image_processor=None, transformer_2=None
    )


def vace() -> Pipeline:
    """Wan VACE: control videos, masks and references."""
    parts = _wan_parts()
    parts["transformer"] = diffusers.WanVACETransformer3DModel(
        **_wan_sizes(16), vace_layers=[0], vace_in_channels=96
    ).eval()
    return diffusers.WanVACEPipeline(**parts)


def ltx() -> Pipeline:
    """LTX-Video."""
    tokenizer = a_tokenizer()
    encoder = T5EncoderModel(
        T5Config(
            vocab_size=len(tokenizer), d_model=WIDTH, d_kv=8, d_ff=64, num_layers=2, num_heads=4
        )
    ).eval()
    vae = diffusers.AutoencoderKLLTXVideo(
        in_channels=3,
        out_channels=3,
        latent_channels=8,
        block_out_channels=(8, 8, 8, 8),
        decoder_block_out_channels=(8, 8, 8, 8),
        layers_per_block=(1, 1, 1, 1, 1),
        decoder_layers_per_block=(1, 1, 1, 1, 1),
        spatio_temporal_scaling=(True, True, False, False),
        decoder_spatio_temporal_scaling=(True, True, False, False),
        decoder_inject_noise=(False, False, False, False, False),
        upsample_residual=(False, False, False, False),
        upsample_factor=(1, 1, 1, 1),
        timestep_conditioning=False,
        patch_size=1,
        patch_size_t=1,
        encoder_causal=True,
        decoder_causal=False,
    ).eval()
    transformer = diffusers.LTXVideoTransformer3DModel(
        in_channels=8,
        out_channels=8,
        patch_size=1,
        patch_size_t=1,
        num_attention_heads=4,
        attention_head_dim=8,
        cross_attention_dim=32,
        num_layers=1,
        caption_channels=WIDTH,
    ).eval()
    return diffusers.LTXPipeline(
        tokenizer=tokenizer,
        text_encoder=encoder,
        vae=vae,
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(),
        transformer=transformer,
    )


def hunyuan() -> Pipeline:
    """HunyuanVideo: a language model and CLIP read the prompt."""
    tokenizer, second = a_tokenizer(), a_tokenizer()
    llama = LlamaModel(
        LlamaConfig(
            vocab_size=len(tokenizer),
            hidden_size=16,
            intermediate_size=37,
            num_hidden_layers=4,
            num_attention_heads=4,
            max_position_embeddings=512,
            pad_token_id=0,
        )
    ).eval()
    clip = CLIPTextModel(
        CLIPTextConfig(
            vocab_size=len(second),
            hidden_size=8,
            intermediate_size=37,
            num_hidden_layers=2,
            num_attention_heads=4,
            max_position_embeddings=128,
            projection_dim=8,
            eos_token_id=1,
            bos_token_id=0,
            pad_token_id=0,
        )
    ).eval()
    vae = diffusers.AutoencoderKLHunyuanVideo(
        in_channels=3,
        out_channels=3,
        latent_channels=4,
        block_out_channels=(8, 8, 8, 8),
        layers_per_block=1,
        act_fn="silu",
        norm_num_groups=4,
        scaling_factor=0.476986,
        spatial_compression_ratio=8,
        temporal_compression_ratio=4,
        mid_block_add_attention=True,
        down_block_types=("HunyuanVideoDownBlock3D",) * 4,
        up_block_types=("HunyuanVideoUpBlock3D",) * 4,
    ).eval()
    transformer = diffusers.HunyuanVideoTransformer3DModel(
        in_channels=4,
        out_channels=4,
        num_attention_heads=2,
        attention_head_dim=10,
        num_layers=1,
        num_single_layers=1,
        num_refiner_layers=1,
        patch_size=1,
        patch_size_t=1,
        guidance_embeds=True,
        text_embed_dim=16,
        pooled_projection_dim=8,
        rope_axes_dim=(2, 4, 4),
    ).eval()
    return diffusers.HunyuanVideoPipeline(
        text_encoder=llama,
        tokenizer=tokenizer,
        text_encoder_2=clip,
        tokenizer_2=second,
        vae=vae,
        transformer=transformer,
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(shift=7.0),
    )


MAKERS: dict[str, Callable[[], Pipeline]] = {
    "wan": wan,
    "wan_image": wan_image,
    "ltx": ltx,
    "hunyuan": hunyuan,
    "vace": vace,
}


def saved(family: str, folder: Path) -> Path:
    """Save a tiny model of a family as its weights are published: a folder of parts."""
    path = folder / family
    if not path.exists():
        torch.manual_seed(0)
        MAKERS[family]().save_pretrained(path)
    return path
