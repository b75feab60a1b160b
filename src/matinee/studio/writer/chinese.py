class ChineseReader:
    def __init__(self, story, start, end):
        pass

    def read(self):
        pass
