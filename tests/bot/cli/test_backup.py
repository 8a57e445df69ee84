"""backup and restore as one types them."""


def test_a_backup_restores(run, database, tmp_path):
    file = tmp_path / "copy.db"
    done = run("backup", file)
    assert (done.status, f"密钥在“{file}.key”" in done.out) == (0, True)
    again = run("restore", file, "--force")
    assert (again.status, "已恢复，共 0 件事项，历史完整。" in again.out) == (0, True)
    assert "改名为" in again.out


def test_what_goes_wrong_is_one_sentence(run, tmp_path):
    assert run("restore", tmp_path / "none.db").err == (
        f"没有备份文件“{tmp_path / 'none.db'}”。请检查路径。\n"
    )
    nowhere = run("backup", tmp_path / "no" / "folder.db")
    assert (nowhere.status, nowhere.err.count("\n"), "不成功" in nowhere.err) == (1, 1, True)
