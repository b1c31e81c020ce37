-- How columns of a captured source are hidden. docs/obfuscation.md tells it to operators.
ALTER TABLE riffle.cdc_sources ADD COLUMN rules text; -- the rules file, with the source's columns behind it; none: nothing is hidden
