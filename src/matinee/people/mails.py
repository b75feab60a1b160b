"""What the mails say, in the person's language where we have it. Pure."""

from .model import Mail, Person

_TEXTS = {
    ("verify", "en"): (
        "Confirm your address",
        (
            "Hello {name},\n\nopen this link within two days to confirm that this address is yours:"
            "\n\n"
            "{link}\n\nIf you have no account here, ignore this mail.\n"
        ),
    ),
    ("verify", "zh"): (
        "确认您的邮箱",
        (
            "{name}，您好：\n\n请在两天内打开此链接，确认这是您的邮箱：\n\n{link}\n\n"
            "如果您没有在此注册，请忽略本邮件。\n"
        ),
    ),
    ("reset", "en"): (
        "Set a new password",
        (
            "Hello {name},\n\nopen this link within an hour to set a new password for @{handle}:"
            "\n\n"
            "{link}\n\nAll sessions and keys of yours end with it.\n\n"
            "If you did not ask for this, ignore this mail: nothing has changed.\n"
        ),
    ),
    ("reset", "zh"): (
        "设置新密码",
        (
            "{name}，您好：\n\n请在一小时内打开此链接，为 @{handle} 设置新密码：\n\n{link}\n\n"
            "设置后，您的所有登录会话和密钥都会失效。\n\n"
            "如果这不是您的请求，请忽略本邮件，一切保持不变。\n"
        ),
    ),
    ("changed", "en"): (
        "Your password was changed",
        (
            "Hello {name},\n\nthe password of @{handle} was changed, and all other sessions were "
            "ended. If that was not you, set a new one now:\n\n{link}\n"
        ),
    ),
    ("changed", "zh"): (
        "您的密码已更改",
        (
            "{name}，您好：\n\n@{handle} 的密码已更改，其他会话均已结束。如果不是您本人操作，"
            "请立即重新设置：\n\n{link}\n"
        ),
    ),
}


def written(kind: str, person: Person, link: str) -> Mail:
    """Return a mail to a person with an address; other languages than ours get English."""
    assert person.email is not None, "a mail needs an address"
    language = person.language.partition("-")[0]
    subject, text = _TEXTS.get((kind, language)) or _TEXTS[kind, "en"]
    return Mail(
        to=person.email,
        subject=f"{subject} – Matinee",
        text=text.format(name=person.name, handle=person.handle, link=link),
    )
