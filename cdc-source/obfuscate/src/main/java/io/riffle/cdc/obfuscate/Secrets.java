package io.riffle.cdc.obfuscate;

/** All that depends on the key. For one thread at a time. */
record Secrets(Keyed keyed, Numbers numbers, Names names, Days days) {

  static Secrets with(String key) {
    Keyed keyed = Keyed.with(key);
    return new Secrets(keyed, new Numbers(keyed), new Names(keyed), new Days(keyed));
  }
}
