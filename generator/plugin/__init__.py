"""The MkDocs adapter, the only door to mkdocs: the plugin with its hooks, and MkDocs run in-process."""

from generator.plugin.hooks import LoaPlugin
from generator.plugin.run import make_site, renew_site
from generator.plugin.served import serve

__all__ = ["LoaPlugin", "make_site", "renew_site", "serve"]
