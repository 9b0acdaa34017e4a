package io.weir.schemas.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// The bytes of a key as people and JSON have them: the text, if they are UTF-8 and every character
/// can be shown, else `0x` and lower-case hex.
///
/// A text that itself begins with `0x` is written in hex, too: so what begins with `0x` is always
/// hex, and two keys never look the same.
public final class KeyText {
  private static final String MARK = "0x";

  private KeyText() {}

  /// The text or the hex of the bytes between position and limit.
  public static String of(ByteBuffer key) {
    try {
      // A new decoder reports what is malformed; only String replaces it.
      String text = StandardCharsets.UTF_8.newDecoder().decode(key.duplicate()).toString();
      if (!text.startsWith(MARK) && text.chars().allMatch(SafeText::isShown)) {
        return text;
      }
    } catch (CharacterCodingException e) {
      // Not UTF-8: hex.
    }
    byte[] bytes = new byte[key.remaining()];
    key.duplicate().get(bytes);
    return MARK + HexFormat.of().formatHex(bytes);
  }
}
