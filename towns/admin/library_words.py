"""Words of the block editor, which has no catalogue for zh-hans: named here, they are in ours."""

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
)
