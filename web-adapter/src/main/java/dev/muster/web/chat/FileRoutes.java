// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import dev.muster.chat.SecretPatterns;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteRequest;
import dev.muster.web.chat.Multipart.Part;
import dev.muster.web.chat.PersonMessages.Said;
import dev.muster.web.chat.WireMessage.WireFile;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The calls by which people attach files and fetch them. */
final class FileRoutes {

  private static final int MOST_FILES = 10;
  private static final int LONGEST_FIELD = 160_000;

  private final ChatRecords records;
  private final Json json;
  private final PersonMessages people;
  private final Uploads uploads;
  private final Supplier<String> ids;

  FileRoutes(
      ChatRecords records,
      Json json,
      PersonMessages people,
      Uploads uploads,
      Supplier<String> ids) {
    this.records = records;
    this.json = json;
    this.people = people;
    this.uploads = uploads;
    this.ids = ids;
  }

  void register(Routes routes) {
    routes.add("POST", "/api/v1/chat/files", this::upload);
    routes.add("GET", "/api/v1/chat/files/{id}", this::download);
  }

  private RouteAnswer upload(RouteRequest request) throws IOException, Refusal {
    List<WireFile> stored = new ArrayList<>();
    try {
      return post(request, read(request, stored));
    } catch (IOException | Refusal e) {
      for (WireFile file : stored) {
        uploads.remove(file.id());
      }
      throw e;
    }
  }

  private RouteAnswer post(RouteRequest request, Upload upload) throws Refusal {
    String user = ApiCall.allowed(upload.field("user"), request);
    ApiCall call = ApiCall.reading(request, records);
    WireChannel channel = SpeakRoutes.open(call.channel(upload.field("channel"), user));
    Optional<String> named = Optional.ofNullable(upload.fields().get("thread"));
    Optional<String> thread =
        SpeakRoutes.thread(records, channel, user, named.filter(id -> !id.isEmpty()));
    if (upload.files().isEmpty()) {
      throw Refusal.bad("missing_field", "The body needs a part with a file.");
    }
    String given = upload.fields().getOrDefault("text", "").strip();
    String text = given.isEmpty() ? upload.files().get(0).name() : SpeakRoutes.text(given);
    if (Hearing.isCommand(text)) {
      throw Refusal.bad("is_command", "A command takes no files; send the file by itself.");
    }
    Said said =
        new Said(user, channel, text, thread, upload.files(), Optional.empty(), new byte[0]);
    return RouteAnswer.json(202, json.write(Map.of("id", people.say(said))));
  }

  /**
   * An upload, its files stored.
   *
   * @param fields the plain fields
   * @param files the files
   */
  private record Upload(Map<String, String> fields, List<WireFile> files) {
    String field(String name) throws Refusal {
      if (!fields.containsKey(name)) {
        throw Refusal.bad("missing_field", "The body needs the part \"" + name + "\".");
      }
      return fields.get(name);
    }
  }

  /** Reads an upload; {@code files} holds what is stored so far, also when reading fails. */
  private Upload read(RouteRequest request, List<WireFile> files) throws IOException, Refusal {
    String type = request.header("content-type").orElse("");
    Multipart parts =
        Multipart.of(type, new BufferedInputStream(request.stream(), 1 << 16))
            .orElseThrow(
                () ->
                    new Refusal(
                        415, "unsupported_media_type", "Send files as multipart/form-data."));
    Map<String, String> fields = new TreeMap<>();
    long left = Uploads.LONGEST_FILE;
    for (Optional<Part> part = parts.first(); part.isPresent(); part = parts.next()) {
      if (part.get().fileName().isEmpty()) {
        fields.put(part.get().name(), field(parts));
        continue;
      }
      if (files.size() == MOST_FILES) {
        throw new Refusal(413, "too_large", "A message takes at most 10 files.");
      }
      WireFile file = file(parts, part.get(), left);
      left -= file.size();
      files.add(file);
    }
    return new Upload(fields, files);
  }

  private static String field(Multipart parts) throws IOException, Refusal {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    parts.copyTo(text, LONGEST_FIELD).orElseThrow(FileRoutes::tooLarge);
    return text.toString(StandardCharsets.UTF_8);
  }

  private WireFile file(Multipart parts, Part part, long left) throws IOException, Refusal {
    return uploads.store(
        ids.get(),
        SecretPatterns.clean(part.fileName().orElseThrow()).text(),
        part.mediaType(),
        out -> parts.copyTo(out, left).orElseThrow(FileRoutes::tooLarge));
  }

  private static Refusal tooLarge() {
    return new Refusal(413, "too_large", "The files of a message have at most 25 MiB together.");
  }

  private RouteAnswer download(RouteRequest request) throws Refusal {
    ApiCall call = ApiCall.reading(request, records);
    String viewer = call.viewer();
    String id = call.pathPart("id");
    Refusal none = new Refusal(404, "unknown_file", "There is no such file.");
    WireMessage message =
        (id.matches("[A-Za-z0-9]{1,64}") ? records.showing(id) : Optional.<WireMessage>empty())
            .filter(found -> found.isSeenBy(viewer) && uploads.has(id))
            .orElseThrow(() -> none);
    WireFile file =
        message.files().stream().filter(f -> f.id().equals(id)).findFirst().orElseThrow(() -> none);
    if (records.channel(message.channel()).filter(c -> c.isSeenBy(viewer)).isEmpty()) {
      throw none;
    }
    boolean shown = Uploads.isShown(file.mediaType());
    String type = shown ? file.mediaType() : "application/octet-stream";
    return new RouteAnswer.Streamed(200, type, () -> open(id), headers(file, shown));
  }

  private static Map<String, String> headers(WireFile file, boolean shown) {
    String name = URLEncoder.encode(file.name(), StandardCharsets.UTF_8).replace("+", "%20");
    return Map.of(
        "Content-Disposition",
        (shown ? "inline" : "attachment") + "; filename*=UTF-8''" + name,
        "Content-Security-Policy",
        "default-src 'none'; sandbox",
        "X-Content-Type-Options",
        "nosniff",
        "Cache-Control",
        "private, max-age=86400");
  }

  private InputStream open(String id) {
    try {
      return uploads.open(id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
