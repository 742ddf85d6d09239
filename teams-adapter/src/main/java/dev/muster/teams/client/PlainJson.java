// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.bot.restclient.serializer.JacksonAdapter;

/**
 * The SDK's mapper without its flattening. The SDK takes a dot in any name, also deep inside a
 * card, for a path and writes the rest as nested objects; {@code choices.data}, which every picker
 * of people needs, then fails. Names are written here as they are, and what is empty is left out.
 * Thread-safe.
 */
public final class PlainJson extends JacksonAdapter {

  /** Creates a mapper; costs some milliseconds, so one is enough. */
  public PlainJson() {
    JsonInclude.Include filled = JsonInclude.Include.NON_EMPTY;
    simpleMapper().setDefaultPropertyInclusion(JsonInclude.Value.construct(filled, filled));
  }

  @Override
  public ObjectMapper serializer() {
    return simpleMapper();
  }
}
