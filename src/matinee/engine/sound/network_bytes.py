"""Ask a network for one more output, by the bytes of its file alone.

ONNX files are protobuf messages, and protobuf merges messages that are written one after another
(Protocol Buffers encoding, "Last One Wins": embedded messages of one field are merged, repeated
fields are joined). A graph that holds nothing but an output can therefore be appended to a model:
no parser, and no package for it, is needed.
"""

_LENGTH_DELIMITED = 2
_VARINT_BITS = 7
# Field numbers of onnx.proto3.
_MODEL_GRAPH, _GRAPH_OUTPUT = 7, 12
_VALUE_NAME, _VALUE_TYPE, _TYPE_TENSOR, _TENSOR_ELEMENT = 1, 2, 1, 1
_FLOAT = 1


def with_output(model: bytes, tensor: str) -> bytes:
    """Return the model with the inner float tensor of this name as its last output."""
    element = bytes([_TENSOR_ELEMENT << 3, _FLOAT])
    kind = _field(_VALUE_TYPE, _field(_TYPE_TENSOR, element))
    value = _field(_VALUE_NAME, tensor.encode()) + kind
    return model + _field(_MODEL_GRAPH, _field(_GRAPH_OUTPUT, value))


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | _LENGTH_DELIMITED) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    digits = bytearray()
    while True:
        value, digit = value >> _VARINT_BITS, value & 0x7F
        digits.append(digit | (0x80 if value else 0))
        if not value:
            return bytes(digits)
