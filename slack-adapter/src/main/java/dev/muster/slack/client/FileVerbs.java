// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import com.slack.api.methods.request.files.FilesCompleteUploadExternalRequest.FileDetails;
import com.slack.api.model.File;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform.Attachment;
import dev.muster.chat.spi.Memory;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.pace.Attempts;
import dev.muster.slack.pace.Ask;
import dev.muster.slack.render.Clip;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Posts files the way Slack takes them: ask for a place, send the bytes there, share the file. The
 * file's id is remembered before it is shared, so that after a lost reply the file itself tells
 * whether it was.
 */
public final class FileVerbs {

  private static final int LONGEST_COMMENT = 3_000;

  private final SlackApi api;
  private final Attempts attempts;
  private final Memory memory;

  /** Creates the verb. */
  public FileVerbs(SlackApi api, Attempts attempts, Memory memory) {
    this.api = api;
    this.attempts = attempts;
    this.memory = memory;
  }

  /** Posts a file once per key; for one person alone, in their conversation with the bot. */
  public ChatOutcome<MessageRef> attach(OnceKey key, ChannelRef channel, Attachment file) {
    Optional<UserRef> alone = channel.alone();
    return alone.isEmpty()
        ? attachIn(key, channel, file)
        : api.write(
                Ask.of("conversations.open", key.urgency()),
                client -> client.conversationsOpen(r -> r.users(List.of(alone.get().id()))))
            .match(
                body ->
                    attachIn(
                        key, new ChannelRef(channel.platform(), body.getChannel().getId()), file),
                failure -> notOpened(key, failure));
  }

  /** Opening a conversation shows nothing to anybody, so it may be tried again. */
  private ChatOutcome<MessageRef> notOpened(OnceKey key, Failure failure) {
    if (!attempts.mayBeDone(key)) {
      attempts.didNothing(key);
    }
    return failure.kind() == ErrorClass.TRANSIENT
        ? new ChatOutcome.RetryLater<>(failure.finding(), Failure.DEFAULT_WAIT)
        : failure.outcome();
  }

  private ChatOutcome<MessageRef> attachIn(OnceKey key, ChannelRef channel, Attachment file) {
    Optional<String> before = memory.get(uploadKey(key));
    if (before.isPresent() && attempts.mayBeDone(key)) {
      return sharedAs(before.get(), channel)
          .match(
              ts ->
                  ts.isPresent()
                      ? new ChatOutcome.Done<>(new MessageRef(channel, ts.get()))
                      : share(key, before.get(), channel, file),
              failure ->
                  new ChatOutcome.Unknown<>(
                      "Slack did not let us look whether the file is there: " + failure.code()));
    }
    return before.isPresent()
        ? share(key, before.get(), channel, file)
        : upload(key, file)
            .match(
                id -> share(key, id, channel, file),
                failure -> {
                  attempts.didNothing(key);
                  // What was uploaded but not shared is seen by nobody.
                  return failure.kind() == ErrorClass.TRANSIENT
                      ? new ChatOutcome.RetryLater<>(failure.finding(), Failure.DEFAULT_WAIT)
                      : failure.outcome();
                });
  }

  private Reply<String> upload(OnceKey key, Attachment file) {
    return api.write(
            "files.getUploadURLExternal",
            client ->
                client.filesGetUploadURLExternal(
                    r -> r.filename(file.name()).length(file.bytes().length)))
        .match(
            place -> {
              Optional<Failure> failure = send(place.getUploadUrl(), file);
              if (failure.isPresent()) {
                return new Reply.Failed<>(failure.get());
              }
              memory.put(List.of(Memory.Write.of(uploadKey(key), place.getFileId())));
              return new Reply.Got<>(place.getFileId());
            },
            Reply.Failed::new);
  }

  private Optional<Failure> send(String address, Attachment file) {
    Request request =
        new Request.Builder()
            .url(address)
            .post(RequestBody.create(file.bytes(), MediaType.parse(file.mediaType())))
            .build();
    try (Response response = api.plainHttp().getOkHttpClient().newCall(request).execute()) {
      return response.isSuccessful()
          ? Optional.empty()
          : Optional.of(failure(ErrorClass.ofStatus(response.code()), "http_" + response.code()));
    } catch (IOException e) {
      return Optional.of(failure(ErrorClass.TRANSIENT, "connection_broke"));
    }
  }

  private static Failure failure(ErrorClass kind, String code) {
    return new Failure(kind, "files.upload", code, Failure.DEFAULT_WAIT, "", true);
  }

  private ChatOutcome<MessageRef> share(
      OnceKey key, String fileId, ChannelRef channel, Attachment file) {
    Reply<List<File>> reply =
        api.write(
                "files.completeUploadExternal",
                client ->
                    client.filesCompleteUploadExternal(
                        r ->
                            r.files(
                                    List.of(
                                        FileDetails.builder()
                                            .id(fileId)
                                            .title(file.name())
                                            .build()))
                                .channelId(channel.id())
                                .initialComment(comment(file))))
            .match(body -> new Reply.Got<>(body.getFiles()), Reply.Failed::new);
    if (reply.failure().map(f -> f.kind().nothingDone()).orElse(false)) {
      attempts.didNothing(key);
    }
    return reply.match(files -> posted(fileId, channel), Failure::outcome);
  }

  private static String comment(Attachment file) {
    return file.comment().isBlank()
        ? null
        : Clip.atWord(file.comment(), LONGEST_COMMENT)
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;");
  }

  private ChatOutcome<MessageRef> posted(String fileId, ChannelRef channel) {
    String ts = sharedAs(fileId, channel).match(found -> found.orElse(fileId), failure -> fileId);
    return new ChatOutcome.Done<>(new MessageRef(channel, ts));
  }

  /** Returns the message that shares the file in that channel. */
  private Reply<Optional<String>> sharedAs(String fileId, ChannelRef channel) {
    return api.read("files.info", client -> client.filesInfo(r -> r.file(fileId)))
        .match(body -> new Reply.Got<>(shareIn(body.getFile(), channel.id())), Reply.Failed::new);
  }

  private static Optional<String> shareIn(File file, String channel) {
    if (file == null || file.getShares() == null) {
      return Optional.empty();
    }
    return Stream.of(file.getShares().getPublicChannels(), file.getShares().getPrivateChannels())
        .filter(Objects::nonNull)
        .map((Map<String, List<File.ShareDetail>> shares) -> shares.get(channel))
        .filter(Objects::nonNull)
        .flatMap(List::stream)
        .map(File.ShareDetail::getTs)
        .findFirst();
  }

  private static String uploadKey(OnceKey key) {
    return "upload/" + key.value();
  }
}
