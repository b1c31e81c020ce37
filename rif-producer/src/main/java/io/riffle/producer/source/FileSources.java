package io.riffle.producer.source;

import io.riffle.config.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * All places where data sets arrive, of every source on the class path.
 *
 * @param places in the order of their ranks
 */
public record FileSources(List<Place> places) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,29}");
  private static final String SOURCES = "file sources";

  public FileSources {
    places = List.copyOf(places);
  }

  /** Finds the sources; what clashes among them is a problem of the settings. */
  public static FileSources from(Settings settings) {
    return of(found(settings), settings);
  }

  static FileSources of(List<FileSource> sources, Settings settings) {
    List<Place> places = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (FileSource source : sources) {
      if (!NAME.matcher(source.name()).matches() || !names.add(source.name())) {
        settings.reject(SOURCES, "name " + source.name() + " is taken twice, or is no name");
      }
      source.feeds(settings).forEach(feed -> places.add(new Place(source, feed)));
    }
    requireRanks(places, settings);
    requirePrefixes(places, settings);
    places.sort((one, other) -> Integer.compare(one.feed().rank(), other.feed().rank()));
    return new FileSources(places);
  }

  private static List<FileSource> found(Settings settings) {
    List<FileSource> sources = new ArrayList<>();
    try {
      ServiceLoader.load(FileSource.class, FileSource.class.getClassLoader()).forEach(sources::add);
    } catch (ServiceConfigurationError e) {
      settings.reject(SOURCES, e.getMessage());
    }
    return sources;
  }

  private static void requireRanks(List<Place> places, Settings settings) {
    Map<Integer, Place> byRank = new HashMap<>();
    for (Place place : places) {
      int rank = place.feed().rank();
      Place other = byRank.putIfAbsent(rank, place);
      if (other != null) {
        String reason = "feed rank " + rank + " of " + shown(place) + " is that of " + shown(other);
        settings.reject(SOURCES, reason);
      }
      if (rank < 0 || rank > Short.MAX_VALUE) {
        settings.reject(SOURCES, "feed rank " + rank + " of " + shown(place) + " is out of range");
      }
    }
  }

  /** An object must belong to one feed. */
  private static void requirePrefixes(List<Place> places, Settings settings) {
    for (Place place : places) {
      if (!place.feed().prefix().endsWith("/")) {
        settings.reject(place.feed().setting(), "must end with a slash");
      }
      for (Place other : places) {
        if (!place.equals(other) && other.feed().prefix().startsWith(place.feed().prefix())) {
          String reason = "must not contain " + other.feed().setting() + ", of " + shown(other);
          settings.reject(place.feed().setting(), reason);
        }
      }
    }
  }

  private static String shown(Place place) {
    return "source " + place.source().name() + " (" + place.feed().prefix() + ")";
  }
}
