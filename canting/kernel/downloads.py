"""Answers that are a file: a paper to look at or print, a sheet to be saved."""

from typing import IO

from django.http import FileResponse, HttpResponse

from canting.kernel.papers import PaperFormat

PAPERS: dict[str, str] = {"pdf": "application/pdf", "png": "image/png"}
SHEETS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def paper(content: bytes, name: str, format: PaperFormat = "pdf") -> HttpResponse:
    """A paper shown in the browser under its number as file name, and kept nowhere on the way."""
    response = HttpResponse(content, content_type=PAPERS[format])
    response["Content-Disposition"] = f'inline; filename="{name.replace("/", "-")}.{format}"'
    response["Cache-Control"] = "no-store"
    return response


def saved(content: bytes, name: str, media_type: str) -> HttpResponse:
    """Any other file to be saved, and kept nowhere on the way."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def sheet(file: IO[bytes], name: str) -> HttpResponse:
    """A spreadsheet to be saved, sent whole; its kind is the ending of its name."""
    response = HttpResponse(file.read(), content_type=SHEETS[name.rpartition(".")[2]])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def file_in_pieces(file: IO[bytes], name: str) -> HttpResponse:
    """A spreadsheet to be saved, sent piece by piece: a long list is never whole in memory."""
    response = FileResponse(
        file,
        as_attachment=True,
        filename=name,
        content_type=SHEETS[name.rpartition(".")[2]],
    )
    response["Cache-Control"] = "no-store"
    return response  # type: ignore[return-value]
