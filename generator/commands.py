"""The commands: what each one asks for and says, in Vietnamese.

Comes in: what people type. Goes out: lines in Vietnamese. What day it is, is read here; `plugin` reads it for plain
MkDocs.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from generator import build, contact, new, schema
from generator.asked import Wants
from generator.build import Report
from generator.errors import Place, Problem, UserError, split_problems
from generator.parser import Parser
from generator.progress import Bar
from generator.terminal import print_problems
from generator.worklist.coverage import SORTS, Coverage

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SORT_WORDS = {"channels": "kênh", "contents": "nội dung", "audiences": "đối tượng", "targets": "chỉ tiêu"}


def run_command(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. Raises UserError."""
    asked = make_parser().parse_args(words)
    root = Path(asked.project).resolve()
    if not (root / "campaigns").is_dir():
        wrong = "đây không phải thư mục dự án Loa (không có campaigns/)"
        raise UserError([Problem(Place(str(asked.project)), wrong, "Mở thư mục dự án rồi chạy lại.")])
    return int(asked.run(root, asked))


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = Parser(prog="loa", description="Loa: từ một tệp YAML ra trang web và mọi ấn phẩm của chiến dịch.")
    parser.add_argument("--project", default=".", metavar="THƯ-MỤC", help="thư mục dự án (mặc định: thư mục đang mở)")
    commands = parser.add_subparsers(metavar="LỆNH", required=True)

    def add(name: str, run: object, text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        return command

    add("check", _check, "kiểm tra mọi tệp, báo mọi lỗi một lần và độ phủ yêu cầu của các kế hoạch")
    for name, run, text in (
        ("build", _build, "làm trang web và ấn phẩm vào thư mục build"),
        ("list", _list, "liệt kê ấn phẩm sẽ làm, không làm gì"),
    ):
        command = add(name, run, text)
        command.add_argument("--only", default="", metavar="LOẠI", help="chỉ một loại ấn phẩm, ví dụ ap-phich")
        command.add_argument("--campaign", default="", metavar="MÃ", help="chỉ một chiến dịch")
        command.add_argument(
            "--purpose", default="", choices=("preview", "print"), help="chỉ bản xem (preview) hoặc bản in (print)"
        )
        command.add_argument("--date", type=_day, metavar="NGÀY", help="coi như hôm nay là ngày này (ngày/tháng/năm)")
    serve = add("serve", _serve, "mở trang web trên máy này, tự cập nhật khi sửa tệp")
    serve.add_argument("--date", type=_day, metavar="NGÀY", help="coi như hôm nay là ngày này (ngày/tháng/năm)")
    create = add("new", _new, "tạo chiến dịch cho năm khác từ một chiến dịch đã có")
    create.add_argument("id", metavar="MÃ", help="mã chiến dịch mới, ví dụ thang-cong-nhan-2027")
    create.add_argument("--from", dest="origin", required=True, metavar="MÃ", help="chiến dịch làm mẫu")
    sheet = add("sheet", _sheet, "làm tờ duyệt: mọi ấn phẩm của một chiến dịch thu nhỏ trên giấy A3, trình lãnh đạo")
    sheet.add_argument("id", metavar="CHIẾN-DỊCH", help="mã chiến dịch, ví dụ chi-thi-31")
    add("schema", _schema, "ghi lược đồ để phần mềm soạn thảo gợi ý và kiểm tra YAML")
    return parser


def _day(word: str) -> date:
    try:
        return datetime.strptime(word, "%d/%m/%Y").date()
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{word}” không phải ngày; viết ngày/tháng/năm, ví dụ 01/5/2025") from None


def _today(asked: argparse.Namespace) -> date:
    day: date | None = asked.date
    return day or datetime.now(ZONE).date()


def _wants(asked: argparse.Namespace) -> Wants:
    return Wants(asked.only, asked.campaign, asked.purpose)


def _check(root: Path, asked: argparse.Namespace) -> int:
    with Bar(sys.stdout) as bar:
        report = build.check(root, datetime.now(ZONE).date(), bar)
    errors, warnings = split_problems(report.problems)
    print_problems(report.problems)
    for line in [] if errors else describe_coverage(report.coverage):
        print(line)
    print(f"\nĐã kiểm tra: {len(errors)} lỗi, {len(warnings)} điều cần biết; vẽ thử {report.pieces} ấn phẩm.")
    return 1 if errors else 0


def _build(root: Path, asked: argparse.Namespace) -> int:
    since = time.perf_counter()
    with Bar(sys.stdout) as bar:
        made = build.build(root, _today(asked), _wants(asked), partial(_renew_site, root), bar)
    print_problems(made.problems)
    print(f"\nXong sau {_seconds(time.perf_counter() - since)}. " + _summary(made, root))
    return 0


def _renew_site(root: Path, built: build.Built, folder: Path) -> int:
    from generator import plugin  # noqa: PLC0415 - here, so that MkDocs is loaded once nothing is drawn any more

    return plugin.renew_site(root, built, folder)


def _summary(made: Report, root: Path) -> str:
    _, warnings = split_problems(made.problems)
    lines = [f"{made.pieces} ấn phẩm ({made.drawn} vẽ mới), {made.pages} trang web, {len(warnings)} điều cần biết."]
    lines += [f"  {name}: {_seconds(seconds)}" for name, seconds in made.stages.items()]
    if made.pages:
        lines.append(f"Trang web:  {Path('build/site/index.html')}")
    else:
        lines.append("Trang web không được làm lại; chạy “loa build” không kèm điều kiện để làm lại trang web.")
    return "\n".join([*lines, "Ấn phẩm:    build/<chiến dịch>/<kênh>/…", "Danh mục:   build/manifest.json"])


def _list(root: Path, asked: argparse.Namespace) -> int:
    pieces, problems = build.list_pieces(root, _wants(asked))
    print_problems(problems)
    for piece in pieces:
        print(f"{piece.path}\t{piece.title}")
    print(f"\n{len(pieces)} ấn phẩm.")
    return 0


def _serve(root: Path, asked: argparse.Namespace) -> int:
    from generator import plugin  # noqa: PLC0415 - as in _renew_site

    with Bar(sys.stdout) as bar:
        plugin.serve(root, _today(asked), bar.say)
    return 0


def _new(root: Path, asked: argparse.Namespace) -> int:
    made = new.create_campaign(root, asked.id, asked.origin)
    print(f"Đã tạo {made.folder.relative_to(root).as_posix()}/ từ “{asked.origin}”.")
    for line in made.changes:
        print(f"  • {line}")
    if made.to_review:
        print("Cần đọc lại và sửa tay (còn nhắc năm cũ, chủ đề cũ):")
        for place in made.to_review:
            print(f"  • {place}")
    return 0


def _sheet(root: Path, asked: argparse.Namespace) -> int:
    with Bar(sys.stdout) as bar:
        path, pieces = contact.make_contact_sheet(root, asked.id, bar)
    print(f"Đã làm tờ duyệt {pieces} ấn phẩm: {path.relative_to(root).as_posix()}")
    return 0


def _schema(root: Path, asked: argparse.Namespace) -> int:
    for path in schema.write_schemas(root):
        print(f"Đã ghi {path.relative_to(root).as_posix()}")
    return 0


def describe_coverage(coverage: Sequence[Coverage]) -> list[str]:
    """Return the coverage report in Vietnamese: per plan and campaign, how much is served and what is open."""
    lines: list[str] = []
    for row in coverage:
        head = f"Kế hoạch {row.plan} · " + (f"chiến dịch {row.campaign}" if row.campaign else "MỌI CHIẾN DỊCH")
        if row.sort == SORTS[0]:
            lines += ["", head]
        if row.asked:
            lines.append(f"  {SORT_WORDS[row.sort]}: {row.asked - len(row.open)}/{row.asked} đã phục vụ")
            lines += [f"    chưa có: {at} {name}" for at, name in row.open]
    return lines


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} giây".replace(".", ",")
