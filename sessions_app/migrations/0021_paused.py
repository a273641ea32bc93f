from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sessions_app', '0020_headings'),
    ]

    operations = [
        migrations.AddField(
            model_name='activity',
            name='paused_at',
            field=models.DateTimeField(blank=True, help_text='Since when the timer stands still.', null=True),
        ),
    ]
