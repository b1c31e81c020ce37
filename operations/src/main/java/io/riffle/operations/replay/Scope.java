package io.riffle.operations.replay;

import java.util.List;

/** What is to be replayed. */
public sealed interface Scope {

  /** How it was asked for, as it is kept; keys are counted. */
  String text();

  /** A table of record, with those that belong to it. */
  record Table(String name) implements Scope {
    @Override
    public String text() {
      return "table " + name;
    }
  }

  /** A merged topic, by its whole name. */
  record Topic(String name) implements Scope {
    @Override
    public String text() {
      return "topic " + name;
    }
  }

  /** What a file of the ledger delivered, by its S3 key or its name. */
  record File(String key) implements Scope {
    @Override
    public String text() {
      return "file " + key;
    }
  }

  /** Some records of a type. */
  record Keys(String type, List<Long> keys) implements Scope {
    public Keys {
      keys = keys.stream().distinct().toList();
    }

    @Override
    public String text() {
      return keys.size() == 1 ? "a key of " + type : keys.size() + " keys of " + type;
    }
  }
}
