"""Words of libraries, named here so that they are in our catalogue.

The block editor has none for zh-hans; Django's own titles read like a machine's: 选择 镇 来修改.
"""

from django.utils.translation import gettext_noop as _

WORDS = (
    _("Add new item"),
    _("Use Ctrl-Click to select and move multiple items."),
    _("No items."),
    _("New item"),
    _("Collapse all items"),
    _("Uncollapse all items"),
    _("marked for deletion"),
    _("Select all"),
    _("No plugins allowed in this region."),
    _("Unknown region"),
    _("Select %s to change"),
    _("Select %s to view"),
    _("Add %s"),
    _("Change %s"),
    _("View %s"),
    _("Add %(name)s"),
    _(" By %(filter_title)s "),
)
