// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How records become JSON text in the store: instants in ISO form, absent values left out, maps in
 * the order of their keys, cases of sealed types named by the property {@code is}. Records are read
 * and written by their components alone.
 */
public final class StoreJson {

  private static final String CASE = "is";

  /**
   * What it has found out about a kind of record it remembers, which takes it much longer than to
   * read or write one. So all stores of the process share it, the thrown away one too.
   */
  private static final ObjectMapper MAPPER = made();

  private StoreJson() {}

  /** Returns the one mapper; nobody may change it. Safe for any thread. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  private static ObjectMapper made() {
    return JsonMapper.builder()
        .addModule(new Jdk8Module())
        .addModule(new JavaTimeModule())
        .annotationIntrospector(new Cases())
        .visibility(PropertyAccessor.GETTER, Visibility.NONE)
        .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
        .visibility(PropertyAccessor.FIELD, Visibility.ANY)
        .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .enable(DeserializationFeature.USE_LONG_FOR_INTS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build();
  }

  static String write(ObjectMapper mapper, Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(value.getClass().getName() + " cannot become JSON", e);
    }
  }

  static <T> T read(ObjectMapper mapper, String text, Class<T> type) {
    try {
      return mapper.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw unreadable(type.getName(), e);
    }
  }

  /** Reads a map of texts. */
  static Map<String, String> readTexts(ObjectMapper mapper, String text) {
    if (text.equals("{}")) {
      return Map.of();
    }
    try {
      return mapper.readValue(text, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw unreadable("map of texts", e);
    }
  }

  /** The cause stays out: its text quotes what is stored. */
  private static Unreadable unreadable(String what, JsonProcessingException e) {
    String where =
        e.getLocation() == null ? "" : " at character " + e.getLocation().getCharOffset();
    return new Unreadable("stored text is no " + what + where);
  }

  /** Stored text cannot be read: a newer version wrote it, or it is damaged. */
  static final class Unreadable extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private Unreadable(String what) {
      super(what);
    }
  }

  /** Knows the cases of sealed types, so that the types themselves need not know JSON. */
  private static final class Cases extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public TypeResolverBuilder<?> findTypeResolver(
        MapperConfig<?> config, AnnotatedClass annotated, JavaType type) {
      if (sealedAbove(annotated.getRawType()) == null) {
        return super.findTypeResolver(config, annotated, type);
      }
      return new StdTypeResolverBuilder()
          .init(JsonTypeInfo.Id.NAME, null)
          .inclusion(JsonTypeInfo.As.PROPERTY)
          .typeProperty(CASE);
    }

    @Override
    public List<NamedType> findSubtypes(Annotated annotated) {
      Class<?> type = annotated.getRawType();
      if (!type.isSealed()) {
        return super.findSubtypes(annotated);
      }
      List<NamedType> cases = new ArrayList<>();
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        cases.add(new NamedType(permitted, nameOf(type, permitted)));
      }
      return cases;
    }

    @Override
    public String findTypeName(AnnotatedClass annotated) {
      Class<?> sealed = sealedAbove(annotated.getRawType());
      return sealed == null || sealed == annotated.getRawType()
          ? super.findTypeName(annotated)
          : nameOf(sealed, annotated.getRawType());
    }

    private static Class<?> sealedAbove(Class<?> type) {
      if (type.isSealed() && type.isInterface()) {
        return type;
      }
      return Arrays.stream(type.getInterfaces()).filter(Class::isSealed).findFirst().orElse(null);
    }

    private static String nameOf(Class<?> sealed, Class<?> permitted) {
      Map<Class<?>, String> fixed = StoredNames.of(sealed);
      if (fixed.isEmpty()) {
        return permitted
            .getSimpleName()
            .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
            .toLowerCase(Locale.ROOT);
      }
      String name = fixed.get(permitted);
      if (name == null) {
        throw new IllegalStateException("StoredNames has no name for " + permitted.getName());
      }
      return name;
    }
  }
}
