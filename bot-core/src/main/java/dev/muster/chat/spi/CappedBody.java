// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;

/**
 * A body that fails instead of growing: what is read counts after it was unpacked, if an
 * application interceptor puts it around.
 */
public final class CappedBody extends ResponseBody {

  private final ResponseBody body;
  private final long most;
  private BufferedSource source;

  /**
   * Puts itself around a body.
   *
   * @param most the bytes of the largest true answer; reading more throws {@link IOException}
   */
  public CappedBody(ResponseBody body, long most) {
    this.body = body;
    this.most = most;
  }

  @Override
  public MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public BufferedSource source() {
    if (source == null) {
      source = Okio.buffer(new Counted());
    }
    return source;
  }

  private final class Counted extends ForwardingSource {

    private long read;

    Counted() {
      super(body.source());
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      long got = super.read(sink, byteCount);
      read += Math.max(0, got);
      if (read > most) {
        throw new IOException("the answer is larger than any true one");
      }
      return got;
    }
  }
}
