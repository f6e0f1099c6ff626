"""Photos as a phone takes them of a badge: large, with a small code in a corner."""

from io import BytesIO

import qrcode
from PIL import Image
from playwright.async_api import FilePayload


def photo_of_code(text: str | None) -> FilePayload:
    """A picture of 3000 by 2000 pixels, with a small code in a corner or none."""
    picture = Image.new("L", (3000, 2000), 150)
    if text is not None:
        code = qrcode.QRCode(box_size=12)
        code.add_data(text)
        picture.paste(code.make_image().get_image().convert("L"), (1900, 1100))
    file = BytesIO()
    picture.save(file, "PNG")
    return FilePayload(name="photo.png", mimeType="image/png", buffer=file.getvalue())
