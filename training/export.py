"""A trained checkpoint to what Parley ships:  python -m training.export DIR [--to parley/language/model]

Writes the network in ONNX (int8 by default), the bilinear weights of the relations, the label lists, the lemma table and
the tokenizer file.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections import Counter
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from parley.language.analyser import MODEL, OUTPUTS, TAGS
from parley.language.lemmas import apply_rule, rule_of
from training.data import Example, Labels, load_gold
from training.model import Analyser
from training.train import minilm_folder

Axes = dict[str, dict[int, str]]
INPUTS = ("ids", "shapes", "first", "last")


class Graph(nn.Module):
    """What runs in ONNX, for one sentence without padding: the best tag of every head, scores of name tags and arcs, relation vectors."""

    def __init__(self, model: Analyser) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, shapes: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        h = self.model.words(ids, shapes, torch.ones_like(ids), first, last)
        tags = self.model.tag_scores(h)
        arcs, dep, head = self.model.arcs(h)
        return (*(tags[name].argmax(-1) for name in TAGS), tags["ner"], arcs, dep, head)


class RelationGraph(nn.Module):
    """The relation of each word to its head, from their relation vectors."""

    def __init__(self, model: Analyser) -> None:
        super().__init__()
        self.model = model

    def forward(self, dep: Tensor, head: Tensor) -> Tensor:
        return self.model.relations(dep, head).argmax(-1)


def lemma_table(examples: list[Example]) -> list[str]:
    """Rows form, XPOS, lemma for forms seen in training whose lemma is their commonest; clear cases of a rule included."""
    seen: dict[tuple[str, str], Counter[str]] = {}
    for e in examples:
        for form, xpos, lemma in zip(e.words, e.xpos, e.lemmas, strict=True):
            key = form if xpos.startswith("NNP") else form.lower()
            seen.setdefault((key, xpos), Counter())[lemma] += 1
    rows = []
    for (form, xpos), lemmas in sorted(seen.items()):
        lemma, count = lemmas.most_common(1)[0]
        plain = apply_rule(rule_of(form, lemma), form) == lemma
        if form and "\t" not in form + lemma and (count > 1 or plain):
            rows.append(f"{form}\t{xpos}\t{lemma}")
    return rows


def write(
    graph: nn.Module, example: tuple[Tensor, ...], target: Path, inputs: list[str], outputs: list[str], axes: Axes, *, int8: bool
) -> None:
    """Export a module to ONNX, its weights as int8 per channel (S8, reduced range: exact on processors without VNNI too)."""
    with tempfile.TemporaryDirectory() as folder:
        full, clean = Path(folder) / "full.onnx", Path(folder) / "clean.onnx"
        torch.onnx.export(
            graph, example, str(full), input_names=inputs, output_names=outputs, dynamic_axes=axes, opset_version=17, dynamo=False
        )
        quant_pre_process(str(full), str(clean), skip_symbolic_shape=True)
        if not int8:
            shutil.copy(clean, target)
            return
        quantize_dynamic(
            str(clean),
            str(target),
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--to", type=Path, default=MODEL)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--fp32", action="store_true", help="leave the network as trained, to measure what int8 costs")
    args = parser.parse_args()
    labels = Labels(**json.loads((args.checkpoint / "labels.json").read_text(encoding="utf-8")))
    saved = torch.load(args.checkpoint / "model.pt", weights_only=True)
    model = Analyser(labels, saved["layers"])
    model.load_state_dict(saved["model"], strict=False)
    model.eval()
    args.to.mkdir(parents=True, exist_ok=True)
    example = (torch.tensor([[101, 2023, 2003, 102]]), torch.zeros(1, 4, dtype=torch.long), torch.tensor([[1, 2]]), torch.tensor([[1, 2]]))
    axes = {n: {1: "pieces" if n in INPUTS[:2] else "words"} for n in (*INPUTS, *OUTPUTS)}
    axes["arcs"][2], axes["rel_head"][1] = "nodes", "nodes"
    write(Graph(model), example, args.to / "analyser.onnx", list(INPUTS), list(OUTPUTS), axes, int8=not args.fp32)
    pair = (torch.zeros(2, model.rel_dep.out_features), torch.zeros(2, model.rel_head.out_features))
    write(
        RelationGraph(model),
        pair,
        args.to / "relations.onnx",
        ["dep", "head"],
        ["relation"],
        {n: {0: "n"} for n in ("dep", "head", "relation")},
        int8=not args.fp32,
    )
    shutil.copy(args.checkpoint / "labels.json", args.to / "labels.json")
    shutil.copy(minilm_folder() / "tokenizer.json", args.to / "tokenizer.json")
    (args.to / "lemmas.tsv").write_text("\n".join(lemma_table(load_gold(args.shared, "train"))) + "\n", encoding="utf-8")
    for path in sorted(args.to.iterdir()):
        print(f"{path.stat().st_size / 1e6:6.2f} MB  {path.name}")


if __name__ == "__main__":
    main()
