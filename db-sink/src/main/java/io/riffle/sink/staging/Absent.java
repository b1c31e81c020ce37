package io.riffle.sink.staging;

/** What stands for a value that an event does not have: it stays what it was. */
enum Absent {
  ABSENT
}
