package io.riffle.cdc.obfuscate;

import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** What the transform is told. Messages about the key never hold it. */
final class ObfuscateConfig {
  static final String RULES = "rules";

  /** What is logged of a worker's configuration leaves values out by names like this one. */
  static final String SECRET = "secret";

  static final String PLACEHOLDER = "placeholder";

  static final ConfigDef DEFINITION =
      new ConfigDef()
          .define(
              RULES,
              ConfigDef.Type.STRING,
              ConfigDef.NO_DEFAULT_VALUE,
              ConfigDef.LambdaValidator.with(
                  (name, value) -> requireRules((String) value), () -> "a text of rules"),
              Importance.HIGH,
              "Text of the rules file: sections sensitive, rules and columns.")
          .define(
              SECRET,
              ConfigDef.Type.PASSWORD,
              ConfigDef.NO_DEFAULT_VALUE,
              ConfigDef.LambdaValidator.with(
                  (name, value) -> requireKey((Password) value),
                  () -> "at least " + Keyed.LEAST_KEY_CHARACTERS + " characters"),
              Importance.HIGH,
              "Secret of all hashes, by way of a config provider. The same key gives the same"
                  + " hashes.")
          .define(
              PLACEHOLDER,
              ConfigDef.Type.STRING,
              Placeholder.USUAL,
              Importance.LOW,
              "The connector's unavailable.value.placeholder, for records without the header "
                  + Placeholder.HEADER
                  + ".");

  private final RuleBook rules;
  private final Secrets secrets;
  private final Placeholder placeholder;

  ObfuscateConfig(Map<String, ?> given) {
    AbstractConfig config = new AbstractConfig(DEFINITION, given, false);
    this.rules = RuleBook.parse(config.getString(RULES));
    this.secrets = Secrets.with(config.getPassword(SECRET).value());
    this.placeholder = new Placeholder(config.getString(PLACEHOLDER));
  }

  RuleBook rules() {
    return rules;
  }

  Secrets secrets() {
    return secrets;
  }

  Placeholder placeholder() {
    return placeholder;
  }

  private static void requireRules(String text) {
    if (text == null) {
      return; // absent: said by the definition
    }
    try {
      RuleBook.parse(text);
    } catch (RuleException e) {
      throw new ConfigException(RULES + ": " + e.getMessage());
    }
  }

  private static void requireKey(Password key) {
    if (key != null && key.value().strip().length() < Keyed.LEAST_KEY_CHARACTERS) {
      throw new ConfigException(
          SECRET + ": must have at least " + Keyed.LEAST_KEY_CHARACTERS + " characters");
    }
  }
}
