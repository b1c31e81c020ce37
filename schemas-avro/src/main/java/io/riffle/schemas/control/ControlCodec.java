package io.riffle.schemas.control;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * Derives the Avro schema of a control record from its Java record and converts between the two.
 * Components may be long, int, boolean, String, enum, ByteBuffer, another record, a List or an
 * Optional of these. Fields are matched by name and one that a record lacks is read as an empty
 * Optional, so that an Optional may be added: records from before stay readable, and programs from
 * before read over it. Thread-safe.
 */
public final class ControlCodec<T extends Record> {

  /** The Avro name space of control records. */
  public static final String NAMESPACE = "io.riffle.control";

  private static final ConcurrentHashMap<Class<?>, ControlCodec<?>> CODECS =
      new ConcurrentHashMap<>();

  private final RecordComponent[] components;
  private final Constructor<T> constructor;
  private final Schema schema;

  private ControlCodec(Class<T> type) {
    this.components = type.getRecordComponents();
    this.constructor = canonicalConstructor(type);
    this.schema = recordSchema(type);
  }

  /** The codec of a control record type. */
  @SuppressWarnings("unchecked") // the map holds a type's own codec only
  public static <T extends Record> ControlCodec<T> of(Class<T> type) {
    ControlCodec<?> known = CODECS.get(type);
    if (known == null) {
      known = new ControlCodec<>(type);
      CODECS.putIfAbsent(type, known);
    }
    return (ControlCodec<T>) known;
  }

  public Schema schema() {
    return schema;
  }

  /** The Avro form. */
  public GenericRecord toAvro(T value) {
    GenericRecord avro = new GenericData.Record(schema);
    for (RecordComponent component : components) {
      avro.put(component.getName(), toAvro(component.getGenericType(), read(component, value)));
    }
    return avro;
  }

  /**
   * The Java form of a record that was decoded with this codec's schema or with one that has the
   * same fields, all but those that are Optional.
   */
  public T fromAvro(GenericRecord avro) {
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      arguments[i] = fromAvro(components[i].getGenericType(), get(avro, components[i]));
    }
    return create(arguments);
  }

  private static Object get(GenericRecord avro, RecordComponent component) {
    boolean mayLack = component.getType() == Optional.class && !avro.hasField(component.getName());
    return mayLack ? null : avro.get(component.getName());
  }

  private static Schema schemaOf(Type type) {
    if (type instanceof ParameterizedType generic) {
      Schema element = schemaOf(generic.getActualTypeArguments()[0]);
      return generic.getRawType() == List.class
          ? Schema.createArray(element)
          : Schema.createUnion(Schema.create(Schema.Type.NULL), element);
    }
    Class<?> raw = (Class<?>) type;
    if (raw.isRecord()) {
      return of(raw.asSubclass(Record.class)).schema();
    }
    return Schema.create(primitive(raw));
  }

  private static Schema.Type primitive(Class<?> raw) {
    if (raw == long.class || raw == Long.class) {
      return Schema.Type.LONG;
    } else if (raw == int.class || raw == Integer.class) {
      return Schema.Type.INT;
    } else if (raw == boolean.class) {
      return Schema.Type.BOOLEAN;
    } else if (raw == String.class || raw.isEnum()) {
      return Schema.Type.STRING;
    } else if (raw == ByteBuffer.class) {
      return Schema.Type.BYTES;
    }
    throw new IllegalArgumentException("no Avro type for " + raw);
  }

  private static Schema recordSchema(Class<?> type) {
    List<Schema.Field> fields = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      fields.add(field(component));
    }
    return Schema.createRecord(type.getSimpleName(), null, NAMESPACE, false, fields);
  }

  private static Schema.Field field(RecordComponent component) {
    Schema schema = schemaOf(component.getGenericType());
    return schema.isNullable()
        ? new Schema.Field(component.getName(), schema, null, Schema.Field.NULL_DEFAULT_VALUE)
        : new Schema.Field(component.getName(), schema);
  }

  private static Object toAvro(Type type, Object value) {
    if (type instanceof ParameterizedType generic) {
      Type element = generic.getActualTypeArguments()[0];
      if (value instanceof List<?> list) {
        return list.stream().map(item -> toAvro(element, item)).toList();
      }
      return ((Optional<?>) value).map(item -> toAvro(element, item)).orElse(null);
    }
    if (value instanceof Record nested) {
      return nestedToAvro(nested);
    } else if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    return value;
  }

  @SuppressWarnings("unchecked") // the codec of a value's own class
  private static <R extends Record> GenericRecord nestedToAvro(R nested) {
    return of((Class<R>) nested.getClass()).toAvro(nested);
  }

  private static Object fromAvro(Type type, Object value) {
    if (type instanceof ParameterizedType generic) {
      Type element = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == List.class) {
        return ((List<?>) value).stream().map(item -> fromAvro(element, item)).toList();
      }
      return Optional.ofNullable(value).map(item -> fromAvro(element, item));
    }
    Class<?> raw = (Class<?>) type;
    if (raw.isRecord()) {
      return of(raw.asSubclass(Record.class)).fromAvro((GenericRecord) value);
    } else if (raw.isEnum()) {
      return constant(raw, value.toString());
    } else if (raw == String.class) {
      return value.toString();
    }
    return value instanceof ByteBuffer bytes ? copy(bytes) : value;
  }

  private static ByteBuffer copy(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return ByteBuffer.wrap(copy);
  }

  private static Object constant(Class<?> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> ((Enum<?>) constant).name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s has no %s", type.getSimpleName(), name)));
  }

  private static Object read(RecordComponent component, Object value) {
    try {
      return component.getAccessor().invoke(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(component.toString(), e);
    }
  }

  private T create(Object[] arguments) {
    try {
      return constructor.newInstance(arguments);
    } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalArgumentException("not a " + schema.getName(), e);
    }
  }

  private static <T> Constructor<T> canonicalConstructor(Class<T> type) {
    Class<?>[] parameters =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(parameters);
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(type + " has no canonical constructor", e);
    }
  }
}
