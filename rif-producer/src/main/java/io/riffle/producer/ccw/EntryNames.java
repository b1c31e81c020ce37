package io.riffle.producer.ccw;

import io.riffle.producer.manifest.Manifest;
import io.riffle.producer.manifest.ManifestEntry;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Takes what may be names of files from a manifest that is refused, up to where its XML ends to be
 * any; checks nothing else. Used once.
 */
final class EntryNames extends DefaultHandler {

  private final Set<String> names = new HashSet<>();

  Set<String> names() {
    return names;
  }

  @Override
  public InputSource resolveEntity(String publicId, String systemId) throws SAXException {
    throw new SAXException("an external entity is not allowed");
  }

  @Override
  public void startElement(String uri, String name, String qualified, Attributes attributes) {
    if ("entry".equals(name) && names.size() < Manifest.MAX_ENTRIES) {
      Optional.ofNullable(attributes.getValue("", "name"))
          .filter(ManifestEntry::isName)
          .ifPresent(names::add);
    }
  }
}
