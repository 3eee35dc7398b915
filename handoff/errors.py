"""What the desk refuses, each with the code, status and plain words that people get."""

from typing import ClassVar

from handoff.words import Wording, error_words, wording

NO_ROOM = wording("no_room_for_files")


class DeskError(Exception):
    """A refusal; raised before the first write of a verb, translated once at the edge.

    Customers read it in their page's language where it has its class's own words or a `Wording`; a plain message is for
    reps, and for whoever writes a page of their own.
    """

    status: ClassVar[int] = 400
    code: ClassVar[str] = "bad_request"
    message: ClassVar[str] = "That request can't be understood."

    def __init__(
        self,
        message: str | Wording | None = None,
        *,
        field: str | None = None,
        limit: int | None = None,
        retry_after: int | None = None,
    ):
        self.said: str | Wording = message or self.usual
        self.field = field
        self.limit = limit
        self.retry_after = retry_after
        super().__init__()

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """What people are told, in English."""
        return self.words_in(None)

    def words_in(self, language: str | None) -> str:
        """The same for customers, in their page's language."""
        return self.said if isinstance(self.said, str) else self.said(language)

    @classmethod
    def usual(cls, language: str | None = None) -> str:
        """What they are told if nothing more is known."""
        return error_words(cls.code, language) or cls.message


class BadJson(DeskError):
    code = "bad_json"
    message = "The body is not readable JSON."


class DuplicateKey(DeskError):
    code = "duplicate_key"
    message = "A field appears twice. Send it once."


class BadField(DeskError):
    status = 422
    code = "bad_field"
    message = "A field has the wrong type or length."


class UnknownField(DeskError):
    status = 422
    code = "unknown_field"
    message = "There is a field that this address doesn't know."


class EmptyMessage(DeskError):
    status = 422
    code = "empty_message"
    message = "Write something first."


class BadCharacter(DeskError):
    status = 422
    code = "bad_character"
    message = "The text holds a character that can't be stored. Remove it and send again."


class TooLong(DeskError):
    status = 413
    code = "too_long"
    message = "That is too long. Shorten it or send it in parts."


class TooLarge(DeskError):
    status = 413
    code = "too_large"
    message = "The request is too large."


class WrongMediaType(DeskError):
    status = 415
    code = "wrong_media_type"
    message = "Send plain JSON, not compressed."


class FileRefused(DeskError):
    status = 415
    code = "file_refused"
    message = "Send a picture (PNG, JPEG, WebP or GIF), a plain text file (.txt), or a PDF without scripts or forms."


class FileUnreadable(DeskError):
    status = 422
    code = "file_unreadable"
    message = "This file can't be read. It may be damaged or locked. Try another one, or a picture of it."


class FileEmpty(DeskError):
    status = 422
    code = "file_empty"
    message = "This file is empty."


class FileTooLarge(DeskError):
    status = 413
    code = "file_too_large"
    message = "This file is too large. Send one of at most 10 MB, and pictures of at most 25 megapixels."


class TooManyFiles(DeskError):
    status = 429
    code = "too_many_files"
    message = "That's as many files as one chat takes in a day. Tell us in words, or go on tomorrow."


class IdReused(DeskError):
    status = 409
    code = "id_reused"
    message = "This message id was used for another text. Send it again as a new message."


class SignedOut(DeskError):
    status = 401
    code = "signed_out"
    message = "This session has ended. Reload the page to go on."


class IdentityInvalid(DeskError):
    status = 401
    code = "identity_invalid"
    message = "The shop's sign-in could not be checked. Reload the shop's page and try again."


class WrongPassword(DeskError):
    status = 401
    code = "wrong_password"
    message = "Name or password is wrong."


class TotpNeeded(DeskError):
    status = 401
    code = "totp_needed"
    message = "Enter the six digits from your authenticator app."


class Forbidden(DeskError):
    status = 403
    code = "forbidden"
    message = "This is not allowed from here."


class NotFound(DeskError):
    status = 404
    code = "not_found"
    message = "There is nothing here, or it isn't yours."


class MethodNotAllowed(DeskError):
    status = 405
    code = "method_not_allowed"
    message = "This address doesn't take that method."


class TooSlow(DeskError):
    status = 408
    code = "too_slow"
    message = "The request took too long to arrive. Send it again."


class AlreadyClaimed(DeskError):
    status = 409
    code = "already_claimed"
    message = "Another rep is already helping this customer."


class LostToAnother(DeskError):
    status = 409
    code = "lost_to_another"
    message = "This conversation is no longer with you. Your text is kept as a draft."


class AtCapacity(DeskError):
    status = 409
    code = "at_capacity"
    message = "As many chats need you as you take at once. Answer or close one first."


class NotPossibleNow(DeskError):
    status = 409
    code = "not_possible_now"
    message = "That isn't possible at this point of the conversation."


class ChangedMeanwhile(DeskError):
    status = 409
    code = "changed_meanwhile"
    message = "Somebody else has changed this meanwhile. Look at it again, then change it."


class LinkUsed(DeskError):
    status = 410
    code = "link_used"
    message = "This link was used already or is older than seven days."


class MailOff(DeskError):
    status = 409
    code = "mail_off"
    message = "This shop's chat doesn't send e-mail."


class TooMany(DeskError):
    status = 429
    code = "too_many"
    message = "That was a lot at once. Wait a moment, then send it again."


class StorageUnavailable(DeskError):
    status = 503
    code = "storage_unavailable"
    message = "We can't store anything right now. Your text is kept; try again in a moment."


class ShopUnavailable(DeskError):
    status = 503
    code = "shop_unavailable"
    message = "The shop's order system doesn't answer. Try again in a moment."
