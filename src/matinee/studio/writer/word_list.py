class WordListReader:
    def __init__(self, story, start, end, lang):
        pass

    def read(self):
        pass
