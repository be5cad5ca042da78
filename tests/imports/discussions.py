"""Folders as Consul and Decidim export them, small and made by hand."""

from collections.abc import Callable
from pathlib import Path

CONSUL = {
    "proposals.csv": (
        "id,code,title,summary,text,user_id,date,status,supports,comments_declared,url\n"
        "7,M-7,Clean the streets,As simple as that.,,1,2015-09-15,archived,6560,9,https://there.example/7\n"
        "19,M-19,Walk to the river,Join both.,First line.,2,2015-09-16,open,906,1,https://there.example/19\n"
    ),
    "comments.csv": (
        "id,proposal_id,parent_id,user_id,user_type,date,time,text,votes_up,votes_down\n"
        "1,7,,5,,2015-09-15,10:50:19,It is under way.,1,0\n"
        "2,7,1,6,Autor,2015-09-15,11:07:10,Not in my street.,2,1\n"
        "5,7,2,6,,2015-09-15,11:30:00,,0,0\n"
        "6,7,5,7,,2015-09-15,11:31:00,Nor in mine.,0,0\n"
        "8,19,3,5,,2015-09-16,09:00:00,I agree with you.,0,0\n"
    ),
}
FLAT = {
    "proposals.csv": (
        "id,title,summary,category,status,rejected_message,created_at,supports,comments,url\n"
        "3,Open the yards,Let children play.,Life,accepted,,2016-01-22,71,2,https://there.example/a\n"
        "4,Free the park,No tickets.,Life,rejected,We <b>cannot</b>.,2016-01-23,413,0,javascript:alert(1)\n"
    ),
    "comments.csv": (
        "id,proposal_id,parent_id,depth,ancestry,author,alignment,body_html,created_at,likes,dislikes\n"
        '11,3,,0,,u1,1,"<p>Good.<br />See <a href=""https://x.example/"">https://x.example/</a></p>",'
        "2016-02-01T18:33:27,2,0\n"
        "12,3,11,1,11,u2,,<p>Why &amp; how?</p>,2016-02-01T19:07:52,0,1\n"
        "13,3,,0,,u3,-1,<p>No.</p>,2016-02-02T08:00:00,0,0\n"
        "14,3,,0,,u4,0,<p>Hm.</p>,2016-02-02T09:00:00,0,0\n"
    ),
}
NATIVE = {
    "results.csv": (
        "id;component/id;title/ca;title/es;description/ca;description/es;created_at;comments;url\n"
        "6;1;Llibre;Libro;<p>Un llibre.</p>;<p>Un libro.</p>;2017-02-07 07:58:01 UTC;2;https://there.example/6\n"
        "9;1;Fira;;<p>Una fira.</p>;;2017-02-07 08:58:01 UTC;0;https://there.example/9\n"
    ),
    "result_comments.csv": (
        "id;created_at;body;locale;author/id;alignment;depth;commentable_id;commentable_type;root_commentable_url\n"
        '20;2016-07-02 17:40:43 UTC;"One\ntwo";ca;1;1;0;6;Decidim::Accountability::Result;x\n'
        "21;2016-07-02 18:40:43 UTC;Dos;es;2;-1;1;20;Decidim::Comments::Comment;x\n"
        "22;2016-07-02 19:40:43 UTC;Altre;ca;2;0;0;6;Decidim::Budgets::Project;x\n"
        "23;2016-07-02 20:40:43 UTC;Resposta;ca;2;0;1;22;Decidim::Comments::Comment;x\n"
    ),
}
Files = dict[str, str]
Discussed = Callable[..., Path]


def written(folder: Path, files: Files) -> Path:
    """The folder with these files."""
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_text(content)
    return folder


def changed(files: Files, name: str, old: str, new: str) -> Files:
    """The files with something put in another's place, which must be there."""
    assert old in files[name]
    return {**files, name: files[name].replace(old, new)}


def with_row(files: Files, name: str, row: str) -> Files:
    """The files with one more row in one of them."""
    return {**files, name: files[name] + row + "\n"}


def without(files: Files, name: str, column: str) -> Files:
    """The files without a column of one of them; its cells hold no separator."""
    separator = ";" if ";" in files[name].split("\n", 1)[0] else ","
    rows = [line.split(separator) for line in files[name].splitlines()]
    place = rows[0].index(column)
    cut = "\n".join(separator.join(row[:place] + row[place + 1 :]) for row in rows)
    return {**files, name: cut + "\n"}
